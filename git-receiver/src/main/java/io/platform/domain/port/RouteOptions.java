package io.platform.domain.port;

/**
 * How requests for an app's hosts are treated.
 *
 * @param sticky whether the requests of a client go to the same upstream as long as that is one of
 *     them: clients are told apart by a cookie that they get
 * @param httpsOnly whether requests that did not come over HTTPS are redirected to it, where the
 *     host is served with HTTPS
 */
public record RouteOptions(boolean sticky, boolean httpsOnly) {
  /** Each request on its own, over HTTP too. */
  public static final RouteOptions NONE = new RouteOptions(false, false);
}
