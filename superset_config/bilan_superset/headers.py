"""What browsers are told that our pages may do: nothing with any other host, and no inline script."""

CONTENT_SECURITY_POLICY = {
    "base-uri": ["'self'"],
    "default-src": ["'self'"],
    "img-src": ["'self'", "blob:", "data:"],
    "worker-src": ["'self'", "blob:"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    # Superset's own components write their styles in the page.
    "style-src": ["'self'", "'unsafe-inline'"],
    # Handlebars compiles its templates, which needs 'unsafe-eval'; no script is inline without a nonce.
    "script-src": ["'self'", "'strict-dynamic'", "'unsafe-eval'"],
}
PERMISSIONS_POLICY = dict.fromkeys(
    ("camera", "display-capture", "geolocation", "microphone", "payment", "serial", "usb"), "()"
)
