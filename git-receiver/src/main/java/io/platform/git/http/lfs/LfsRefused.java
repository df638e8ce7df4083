package io.platform.git.http.lfs;

/** A request that is answered with an error. */
final class LfsRefused extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient LfsRefusal why;

  LfsRefused(LfsRefusal why) {
    super(why.toString(), null, false, false);
    this.why = why;
  }

  LfsRefusal why() {
    return why;
  }
}
