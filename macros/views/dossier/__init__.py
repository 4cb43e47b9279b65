"""The dossier an auditor receives: what it holds, and the trace of each certification, from a requirement to what came of it."""
