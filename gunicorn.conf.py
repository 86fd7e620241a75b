"""Read by gunicorn wherever it is started from this folder: answers do not name the server's program."""

import gunicorn.http.wsgi

gunicorn.http.wsgi.SERVER = "trinh"
