"""The plain program of the stack tests where all is encrypted: Python's own server over TLS."""

import http.server
import os
import ssl

ADDRESS = os.environ["HOST"], int(os.environ["PORT"])

with http.server.ThreadingHTTPServer(ADDRESS, http.server.SimpleHTTPRequestHandler) as server:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.environ["TLS_CERTIFICATE_FILE"], os.environ["TLS_KEY_FILE"])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()
