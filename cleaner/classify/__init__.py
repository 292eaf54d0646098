"""`Document` to `Verdict`s: rules, structure, repetition. Nothing is changed here, everything is only judged."""
