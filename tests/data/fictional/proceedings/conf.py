project = "FicCart 2024"
extensions = ["builder.site"]
html_theme = "furo"
