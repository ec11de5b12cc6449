"""What takes several stages: runs, inspections, checks. The only package that knows them all."""
