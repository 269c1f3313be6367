"""The constraints: by what term a value is, by the values together, by other shapes, by queries."""
