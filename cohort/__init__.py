"""A cohort: one roadmap and many learners, each with outputs, dates and progress of their own."""
