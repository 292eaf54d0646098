"""Cleaning inside crawlers: Scrapy, web-poet."""
