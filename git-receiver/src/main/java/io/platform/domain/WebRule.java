package io.platform.domain;

import io.platform.slug.ProcessTypes;
import java.util.Optional;

/** An app loses its live web process only by a push that confirms it. */
public final class WebRule {
  private WebRule() {}

  /**
   * Whether what comes of this must have a web process.
   *
   * @param live the release that is live, where there is one
   */
  public static boolean keepsWeb(Origin origin, Optional<Release> live) {
    boolean mayGo =
        switch (origin) {
          case Origin.Push push -> push.options().contains(PushOption.NO_WEB);
        };
    return !mayGo && live.filter(Release::hasWeb).isPresent();
  }

  /**
   * How a build ends. Builders keep the rule, too, and say so before they store anything; what a
   * builder reports is checked again, for a pushed program may have had its hand in it, and the
   * live release may have changed.
   */
  public static BuildEnd check(Origin origin, Optional<Release> live, BuildEnd end) {
    boolean lost =
        end instanceof BuildEnd.Succeeded succeeded
            && succeeded.processTypes().command(ProcessTypes.WEB).isEmpty()
            && keepsWeb(origin, live);
    return lost ? new BuildEnd.Failed(new BuildFailureCause.WebLost()) : end;
  }
}
