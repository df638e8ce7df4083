package io.platform.git.http;

import jakarta.servlet.http.HttpServletRequest;

/** The git service that a request asks for. */
enum GitService {
  ADVERTISE_FETCH,
  ADVERTISE_PUSH,
  FETCH,
  PUSH,
  /** What a client of Git LFS is to transfer, in either direction. */
  LFS_BATCH,
  LFS_UPLOAD,
  LFS_DOWNLOAD,
  LFS_LOCKS,
  LFS_UNKNOWN,
  /** A POST whose body is said to be something else. */
  WRONG_TYPE,
  /** A dumb client, a browser, or nothing that git knows. */
  UNKNOWN;

  static GitService of(GitPath path, HttpServletRequest request) {
    String method = request.getMethod();
    return switch (path.service()) {
      case "info/refs" ->
          method.equals("GET") ? advertised(request.getParameter("service")) : UNKNOWN;
      case "git-upload-pack" -> posted(request, "application/x-git-upload-pack-request", FETCH);
      case "git-receive-pack" -> posted(request, "application/x-git-receive-pack-request", PUSH);
      default -> path.isLfs() ? lfs(path.lfs(), method) : UNKNOWN;
    };
  }

  private static GitService lfs(String service, String method) {
    if (service.equals("objects/batch") && method.equals("POST")) {
      return LFS_BATCH;
    }
    if (service.equals("locks") || service.startsWith("locks/")) {
      return LFS_LOCKS;
    }
    if (service.startsWith(GitPath.LFS_OBJECTS)) {
      return switch (method) {
        case "PUT" -> LFS_UPLOAD;
        case "GET" -> LFS_DOWNLOAD;
        default -> LFS_UNKNOWN;
      };
    }
    return LFS_UNKNOWN;
  }

  private static GitService advertised(String service) {
    return switch (String.valueOf(service)) {
      case "git-upload-pack" -> ADVERTISE_FETCH;
      case "git-receive-pack" -> ADVERTISE_PUSH;
      default -> UNKNOWN;
    };
  }

  private static GitService posted(HttpServletRequest request, String type, GitService service) {
    if (!request.getMethod().equals("POST")) {
      return UNKNOWN;
    }
    return type.equals(request.getContentType()) ? service : WRONG_TYPE;
  }

  boolean isPush() {
    return this == ADVERTISE_PUSH || this == PUSH || this == LFS_UPLOAD;
  }
}
