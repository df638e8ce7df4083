package io.platform.git.repository;

import io.platform.domain.BuildId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.RefFilter;

/** The platform's own refs, which clients can neither see, fetch nor write. */
public final class HiddenRefs {
  private static final String PREFIX = "refs/platform/";

  private HiddenRefs() {}

  /** Whether a ref is one of the platform's own. */
  public static boolean isHidden(String ref) {
    return ref.startsWith(PREFIX);
  }

  /** What to show to clients. */
  public static RefFilter filter() {
    return HiddenRefs::visible;
  }

  private static Map<String, Ref> visible(Map<String, Ref> refs) {
    Map<String, Ref> visible = new LinkedHashMap<>(refs);
    visible.keySet().removeIf(HiddenRefs::isHidden);
    return visible;
  }

  static String ofBuild(BuildId build) {
    return PREFIX + "builds/" + build;
  }
}
