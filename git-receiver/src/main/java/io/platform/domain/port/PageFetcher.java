package io.platform.domain.port;

import io.platform.domain.MaintenancePage;
import java.net.URI;

/**
 * Fetches pages from the Internet for users. It makes no request to an address that only the
 * platform's own machine or network reaches.
 */
public interface PageFetcher {
  /**
   * Fetches a page, following a few redirects.
   *
   * @param url http or https
   */
  MaintenancePage fetch(URI url) throws NotFetched, InterruptedException;

  /** Why a page was not fetched. */
  enum Problem {
    /** Its host name is unknown, or leads to no public address. */
    NO_PUBLIC_ADDRESS,
    /** There was no answer in time. */
    NO_ANSWER,
    /** The answer was another than 200. */
    STATUS,
    /** It is no HTML. */
    NO_HTML,
    /** It is larger than allowed. */
    TOO_LARGE
  }

  /** A page was not fetched. */
  final class NotFetched extends Exception {
    private static final long serialVersionUID = 1L;
    private final Problem problem;
    private final String detail;

    /**
     * For this reason.
     *
     * @param detail the status, the type or the limit in bytes; empty for other problems
     */
    public NotFetched(Problem problem, String detail) {
      super(problem + " " + detail);
      this.problem = problem;
      this.detail = detail;
    }

    /** Why. */
    public Problem problem() {
      return problem;
    }

    /** The status, the type or the limit in bytes. */
    public String detail() {
      return detail;
    }
  }
}
