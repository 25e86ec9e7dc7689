"""Names of people, organisations and places: word lists, capital runs, evidence, aliases."""
