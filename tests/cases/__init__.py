"""Case files: one YAML file per mistake or per rule, all run by one test function."""
