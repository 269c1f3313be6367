// shacl-engine with its SPARQL part: DATA SHAPES REPORT. It reads subclasses from the shapes graph, so the data's go there too.
import { createReadStream, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(`${process.env.PEER_HOME}/package.json`)
const load = async name => import(pathToFileURL(require.resolve(name)))
const { Validator } = await load('shacl-engine')
const { targetResolvers, validations } = await load('shacl-engine/sparql.js')
const { StreamParser, Writer } = await load('n3')
const rdf = (await load('rdf-ext')).default

const read = file => new Promise((resolve, reject) => {
  const dataset = rdf.dataset()
  createReadStream(file).pipe(new StreamParser())
    .on('data', quad => dataset.add(rdf.quad(quad.subject, quad.predicate, quad.object)))
    .on('error', reject).on('end', () => resolve(dataset))
})
const [data, shapes, report] = process.argv.slice(2)
const [dataset, rules] = [await read(data), await read(shapes)]
const below = rdf.namedNode('http://www.w3.org/2000/01/rdf-schema#subClassOf')
for (const quad of dataset.match(null, below)) rules.add(quad)
const found = await new Validator(rules, { factory: rdf, targetResolvers, validations }).validate({ dataset })
const writer = new Writer({ format: 'N-Triples' })
for (const quad of found.dataset) writer.addQuad(quad)
writer.end((_, text) => writeFileSync(report, text))
