from fastapi import HTTPException


def checked_label(label):
    """Labels are quoted with apostrophes where they are looked up."""
    if "'" in label:
        raise HTTPException(400)
    return label
