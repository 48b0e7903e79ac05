"""The roadmap and what is known of it: model, loading, ids, text, progress, schedule, errors."""
