"""What newsgen knows of languages: marks, cues, offices, sentences. Tables, and what reads them."""
