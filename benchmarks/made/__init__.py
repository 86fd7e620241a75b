"""The made-up crowd: unions, people and papers by the hundred thousand, written past the engine and verified once."""
