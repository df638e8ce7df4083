"""In place of an Ingress controller, for tests: nginx with the cluster's Ingress objects of the class nginx as its servers.

TLS is with the certificates that they name, or, as long as one of these is not there, with that of the Secret `default` in this
namespace. Requests go to the endpoints of the Services. Annotations nginx.ingress.kubernetes.io/proxy-… are directives, as the
controller of that name has them; so are its defaults: bodies up to 1 MiB, 60 s of silence.
"""

import base64, json, os, ssl, subprocess, time, urllib.error, urllib.request

ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
NAMESPACE = open(f"{ACCOUNT}/namespace").read()
TRUST = ssl.create_default_context(cafile=f"{ACCOUNT}/ca.crt")
TRUST.verify_flags &= ~ssl.VERIFY_X509_STRICT  # a cluster's own authority is seldom as RFC 5280 has it
DIRECTIVES = {
    "proxy-body-size": "client_max_body_size {}",
    "proxy-request-buffering": "proxy_request_buffering {}",
    "proxy-buffering": "proxy_buffering {}",
    "proxy-read-timeout": "proxy_read_timeout {}s",
    "proxy-send-timeout": "proxy_send_timeout {}s",
}
FRAME = """
daemon off; pid /tmp/nginx.pid; error_log stderr warn; worker_processes 2;
events { worker_connections 1024; }
http {
  access_log off; proxy_buffering off; client_max_body_size 1m; proxy_connect_timeout 5s; server_names_hash_bucket_size 128;
  client_body_temp_path /tmp/body; proxy_temp_path /tmp/proxy; fastcgi_temp_path /tmp/fastcgi; uwsgi_temp_path /tmp/uwsgi; scgi_temp_path /tmp/scgi;
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  proxy_http_version 1.1;
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto https;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_upgrade;
  server { listen 8443 ssl default_server; ssl_certificate /tmp/default.crt; ssl_certificate_key /tmp/default.key; return 404; }
%s
}
"""


def get(path):
    token = open(f"{ACCOUNT}/token").read()
    address = f"https://{os.environ['KUBERNETES_SERVICE_HOST']}:{os.environ['KUBERNETES_SERVICE_PORT']}{path}"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})
    return json.load(urllib.request.urlopen(request, context=TRUST, timeout=10))


def certificate(namespace, secret):
    """Writes it where nginx reads it, and says where."""
    file = "/tmp/default" if secret == "default" else f"/tmp/{namespace}.{secret}"
    try:
        data = get(f"/api/v1/namespaces/{namespace}/secrets/{secret}")["data"]
    except urllib.error.HTTPError as e:
        if e.code == 404 and secret != "default":
            return "/tmp/default"
        raise
    for name, end in ("tls.crt", "crt"), ("tls.key", "key"):
        with open(os.open(f"{file}.{end}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(base64.b64decode(data[name]))
    return file


def addresses(slices, namespace, backend):
    """The ready pods behind a port of a Service, which has a name or, where it is the only one, none."""
    for each in slices:
        labels = each["metadata"].get("labels", {})
        if (each["metadata"]["namespace"], labels.get("kubernetes.io/service-name")) != (namespace, backend["name"]):
            continue
        for port in each.get("ports") or []:
            if port.get("name", "") == backend["port"].get("name", ""):
                for endpoint in each.get("endpoints") or []:
                    if endpoint.get("conditions", {}).get("ready", True):
                        yield f"{endpoint['addresses'][0]}:{port['port']}"


def servers(ingresses, slices):
    for ingress in ingresses:
        namespace, spec = ingress["metadata"]["namespace"], ingress["spec"]
        if spec.get("ingressClassName") != "nginx":
            continue
        annotations = ingress["metadata"].get("annotations", {})
        directives = "".join(
            f"    {text.format(annotations[key])};\n"
            for name, text in DIRECTIVES.items()
            if (key := f"nginx.ingress.kubernetes.io/{name}") in annotations
        )
        secrets = {host: each["secretName"] for each in spec.get("tls", []) for host in each["hosts"]}
        for rule in spec["rules"]:
            file = certificate(namespace, secrets[rule["host"]]) if rule["host"] in secrets else "/tmp/default"
            locations = ""
            for number, path in enumerate(rule["http"]["paths"]):
                upstream = f"{namespace}.{ingress['metadata']['name']}.{rule['host']}.{number}"
                pods = list(addresses(slices, namespace, path["backend"]["service"]))
                if pods:
                    yield f"  upstream {upstream} {{ {' '.join(f'server {pod};' for pod in pods)} keepalive 8; }}\n"
                then = f"proxy_pass http://{upstream};" if pods else "return 503;"
                where = path["path"]
                for location in [where] if where == "/" else [f"= {where}", f"{where}/"]:
                    locations += f"    location {location} {{ {then} }}\n"
            yield f"  server {{\n    listen 8443 ssl; server_name {rule['host']};\n"
            yield f"    ssl_certificate {file}.crt; ssl_certificate_key {file}.key;\n{directives}{locations}  }}\n"


def config():
    certificate(NAMESPACE, "default")
    slices = get("/apis/discovery.k8s.io/v1/endpointslices?labelSelector=kubernetes.io/service-name")["items"]
    return FRAME % "".join(servers(get("/apis/networking.k8s.io/v1/ingresses")["items"], slices))


nginx, before = None, ""
while nginx is None or nginx.poll() is None:
    try:
        now = config()
        if now != before:
            with open("/tmp/nginx.conf", "w") as out:
                out.write(now)
            if nginx is None:
                nginx = subprocess.Popen(["nginx", "-e", "stderr", "-c", "/tmp/nginx.conf"])
            else:
                subprocess.run(["nginx", "-e", "stderr", "-c", "/tmp/nginx.conf", "-s", "reload"], check=True)
            before = now
    except Exception as e:  # the next round may do
        print("ingress:", e)
    time.sleep(0.5)
