package io.platform.receiver.http;

import jakarta.servlet.http.HttpServletRequest;

/** What a request asks of the repository. */
enum Service {
  ADVERTISE_FETCH,
  ADVERTISE_PUSH,
  FETCH,
  PUSH,
  LFS,
  /** A dumb client, a browser, or nothing that git knows. */
  UNKNOWN;

  static Service of(GitPath path, HttpServletRequest request) {
    String method = request.getMethod();
    return switch (path.service()) {
      case "info/refs" ->
          method.equals("GET") ? advertised(request.getParameter("service")) : UNKNOWN;
      case "git-upload-pack" ->
          posted(request, "application/x-git-upload-pack-request") ? FETCH : UNKNOWN;
      case "git-receive-pack" ->
          posted(request, "application/x-git-receive-pack-request") ? PUSH : UNKNOWN;
      default -> path.isLfs() ? LFS : UNKNOWN;
    };
  }

  private static Service advertised(String service) {
    return switch (String.valueOf(service)) {
      case "git-upload-pack" -> ADVERTISE_FETCH;
      case "git-receive-pack" -> ADVERTISE_PUSH;
      default -> UNKNOWN;
    };
  }

  private static boolean posted(HttpServletRequest request, String type) {
    return request.getMethod().equals("POST") && type.equals(request.getContentType());
  }

  boolean isPush() {
    return this == ADVERTISE_PUSH || this == PUSH;
  }
}
