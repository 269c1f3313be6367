"""How gunicorn serves the site: `gunicorn --config deploy/gunicorn.conf.py hyte_web.wsgi:app`.

One process with threads is the default: what is counted and kept in memory (limits, metrics, runs without a folder)
belongs to one process. With more of them, set HYTE_WEB_RATE_STORAGE and HYTE_WEB_RUNS_FOLDER.
"""

import os
from pathlib import Path

bind = os.environ.get("HYTE_BIND", "0.0.0.0:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
threads = int(os.environ.get("HYTE_THREADS", "8"))

timeout = 120  # a check may take 60 seconds
graceful_timeout = 30
keepalive = 5

limit_request_line = 8_190  # a query in an address
limit_request_fields = 64
limit_request_field_size = 8_190

accesslog = None  # the application writes one line a request, without what was asked
errorlog = "-"
loglevel = "warning"
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
