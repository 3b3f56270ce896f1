import os


def gateway():
    return {"url": "https://pay.example.com", "user": "shop", "pass": os.getenv("PAY_API_KEY")}


def gateway_url():
    return gateway()["url"]
