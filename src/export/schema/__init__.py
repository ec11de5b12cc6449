"""The declared columns: Arrow schemas, descriptions, checks, versions, views."""
