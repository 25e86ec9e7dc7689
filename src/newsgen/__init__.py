"""newsgen turns raw scraped news text into a browsable, publishable archive."""

__version__ = "0.1.0"
