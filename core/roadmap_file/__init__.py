"""The file `roadmap.yaml`: its format, read, checked, and edited as text."""
