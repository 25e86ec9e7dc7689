"""What each part of a scraped page is for, and the article that the parts make."""
