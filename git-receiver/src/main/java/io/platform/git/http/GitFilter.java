package io.platform.git.http;

import io.platform.access.Authentication;
import io.platform.access.Authenticator;
import io.platform.access.Decision;
import io.platform.access.Permissions;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.PublicUrls;
import io.platform.git.concurrency.GitThreads;
import io.platform.git.concurrency.UserShare;
import io.platform.git.http.fetch.FetchService;
import io.platform.git.http.lfs.LfsService;
import io.platform.git.http.protocol.PlainReply;
import io.platform.git.http.receive.PushService;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * The git remote as a servlet filter: handles requests whose path is that of a git remote, and
 * passes on all others. It decides who may do what before a repository is touched.
 */
public final class GitFilter implements Filter {
  private static final String HIDDEN =
      "There is no such app, or you may not see it. See what there is with   platform apps";

  private final Authenticator authenticator;
  private final Permissions permissions;
  private final String login;
  private final String elsewhere;
  private final PublicUrls urls;
  private final FetchService fetch;
  private final PushService push;
  private final LfsService lfs;

  /**
   * Serves fetches, pushes and Git LFS by these services.
   *
   * @param base where users reach the platform
   */
  public GitFilter(
      Authenticator authenticator,
      Permissions permissions,
      FetchService fetch,
      PushService push,
      LfsService lfs,
      URI base) {
    this.authenticator = authenticator;
    this.permissions = permissions;
    this.login = "platform login " + base;
    this.elsewhere =
        "No app has this address. The git remote of an app is   %s/<namespace>/<app>.git"
            .formatted(base.toString().replaceFirst("/$", ""));
    this.urls = new PublicUrls(base);
    this.fetch = fetch;
    this.push = push;
    this.lfs = lfs;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest req && response instanceof HttpServletResponse resp) {
      Optional<GitPath> path = GitPath.parse(req.getRequestURI());
      if (path.isPresent()) {
        authenticate(path.get(), req, resp);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private void authenticate(GitPath path, HttpServletRequest req, HttpServletResponse resp)
      throws IOException {
    switch (authenticator.authenticate(Optional.ofNullable(req.getHeader("Authorization")))) {
      case Authentication.Accepted accepted -> authorize(path, accepted.principal(), req, resp);
      case Authentication.Missing missing ->
          challenge(path, resp, "You are not logged in. Log in, and try again:   " + login);
      case Authentication.Rejected rejected -> challenge(path, resp, rejected.sentence());
      case Authentication.Unavailable unavailable ->
          refuse(path, resp, 503, unavailable.sentence());
    }
  }

  /** Git asks its credential helper only where there is a challenge. */
  private static void challenge(GitPath path, HttpServletResponse resp, String sentence)
      throws IOException {
    resp.setHeader("WWW-Authenticate", "Basic realm=\"Platform\", charset=\"UTF-8\"");
    refuse(path, resp, 401, sentence);
  }

  private void authorize(
      GitPath path, Principal user, HttpServletRequest req, HttpServletResponse resp)
      throws IOException {
    Role needed = GitService.of(path, req).isPush() ? Role.DEVELOPER : Role.VIEWER;
    Optional<AppPath> app = path.app();
    Decision decision =
        app.isPresent() ? permissions.decide(user, app.get(), needed) : new Decision.Hidden();
    switch (decision) {
      case Decision.Allowed allowed -> serveInTurn(path, allowed.app(), user, req, resp);
      case Decision.Hidden hidden -> refuse(path, resp, 404, app.isPresent() ? HIDDEN : elsewhere);
      case Decision.Moved(AppPath now) ->
          refuse(
              path,
              resp,
              404,
              "This app is called %s now. Lead the remote there:   git remote set-url platform %s"
                  .formatted(now, urls.git(now)));
      case Decision.Denied denied -> refuse(path, resp, 403, denied.sentence());
    }
  }

  private void serveInTurn(
      GitPath path, App app, Principal user, HttpServletRequest req, HttpServletResponse resp)
      throws IOException {
    try {
      serve(path, app, user, req, resp);
    } catch (UserShare.Spent e) {
      resp.setHeader("Retry-After", "30");
      String what =
          GitService.of(path, req).isPush()
              ? "You upload to as many apps at the same time as one user may (%d). Push again when one has ended."
              : "You have as many fetches at the same time as one user may (%d). Try again when one has ended.";
      refuse(path, resp, 503, what.formatted(e.each()));
    } catch (GitThreads.Busy e) {
      resp.setHeader("Retry-After", "30");
      refuse(
          path,
          resp,
          503,
          "The platform is busy with other pushes and fetches. Try again in half a minute.");
    }
  }

  private void serve(
      GitPath path, App app, Principal user, HttpServletRequest req, HttpServletResponse resp)
      throws IOException {
    switch (GitService.of(path, req)) {
      case ADVERTISE_FETCH -> fetch.advertise(app, user.subject(), req, resp);
      case ADVERTISE_PUSH -> push.advertise(app, user.name(), resp);
      case FETCH -> fetch.serve(app, user.subject(), req, resp);
      case PUSH -> push.serve(app, user.name(), req, resp);
      case LFS_BATCH -> lfs.batch(app, () -> uploadDenied(user, app), req, resp);
      case LFS_UPLOAD -> lfs.upload(app, path.lfsObject(), user.subject(), req, resp);
      case LFS_DOWNLOAD -> lfs.download(app, path.lfsObject(), user.subject(), req, resp);
      case LFS_LOCKS -> lfs.locks(resp);
      case LFS_UNKNOWN -> lfs.unknown(resp);
      case WRONG_TYPE ->
          refuse(
              path,
              resp,
              415,
              "The body of this request must have the type application/x-%s-request."
                  .formatted(path.service()));
      case UNKNOWN ->
          refuse(
              path,
              resp,
              403,
              "This is a git remote that speaks git's smart HTTP protocol only: use git 1.6.6 or later.");
    }
  }

  /** Why a user who may read an app may not push to it; empty where that is allowed. */
  private Optional<String> uploadDenied(Principal user, App app) {
    return switch (permissions.decide(user, app.path(), Role.DEVELOPER)) {
      case Decision.Allowed allowed -> Optional.empty();
      case Decision.Denied denied -> Optional.of(denied.sentence());
      case Decision.Hidden hidden -> Optional.of(HIDDEN);
      case Decision.Moved moved -> Optional.of(HIDDEN);
    };
  }

  private static void refuse(GitPath path, HttpServletResponse resp, int status, String sentence)
      throws IOException {
    if (path.isLfs()) {
      PlainReply.lfs(resp, status, sentence);
    } else {
      PlainReply.sentence(resp, status, sentence);
    }
  }
}
