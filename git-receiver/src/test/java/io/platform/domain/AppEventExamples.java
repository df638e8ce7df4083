package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.slug.BuildpackReference;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One example of each event of an app at the least, by what users read of it. */
public final class AppEventExamples {
  private static final ReleaseVersion V3 = new ReleaseVersion(3);
  private static final ProcessName WEB_1 = ProcessName.numbered("web", 1);
  private static final ReleaseFailureCause EXIT =
      new ReleaseFailureCause.StartsAgain(3, new ExitDetail.Unknown());
  private static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

  private AppEventExamples() {}

  /** All of them. */
  public static Map<String, AppEvent> all() {
    Map<String, AppEvent> examples = new LinkedHashMap<>();
    examples.put("Created the app", new AppEvent.Created());
    examples.put("Deployed 1a2b3c4 as v3", new AppEvent.Deployed(V3, Optional.of(COMMIT)));
    examples.put(
        "Set A, B and unset C config vars",
        new AppEvent.ConfigChanged(new TreeSet<>(Set.of("B", "A")), new TreeSet<>(Set.of("C"))));
    examples.put(
        "Unset C config vars",
        new AppEvent.ConfigChanged(new TreeSet<>(), new TreeSet<>(Set.of("C"))));
    examples.put("Rolled back to v1 as v3", new AppEvent.RolledBack(V3, new ReleaseVersion(1)));
    examples.put(
        "v3 is live", new AppEvent.Released(V3, new ReleaseCause.Rollback(new ReleaseVersion(1))));
    examples.put(
        "v3 failed: Another release was wanted.",
        new AppEvent.ReleaseFailed(V3, new ReleaseFailureCause.Overtaken()));
    examples.put(
        "Scaled web to 3, worker to 0",
        new AppEvent.Scaled(new TreeMap<>(Map.of("worker", 0, "web", 3))));
    examples.put(
        "Resized web to 512 MiB of memory and 0.5 CPUs, worker to the standard size",
        new AppEvent.Resized(
            new TreeMap<>(
                Map.of(
                    "web",
                    new ProcessSize(Optional.of(512L << 20), Optional.of(500)),
                    "worker",
                    ProcessSize.STANDARD))));
    examples.put("Restarted all processes", new AppEvent.Restarted(new ProcessSelector.All()));
    examples.put("Restarted web", new AppEvent.Restarted(new ProcessSelector.OfType("web")));
    examples.put("Stopped web.1", new AppEvent.Stopped(new ProcessSelector.One(WEB_1)));
    examples.put(
        "web.1 (v3) crashed: The process exited with code 3; it is started again.",
        new AppEvent.Crashed(WEB_1, V3, EXIT));
    examples.put(
        "web.1 (v3) crashes in a loop, 3 times so far: The process exited with code 3; it is started again.",
        new AppEvent.CrashLooping(WEB_1, V3, 3, EXIT));
    examples.put(
        "web.1 (v3) was killed: it needed more memory than the 512 MiB that it may have",
        new AppEvent.OutOfMemory(WEB_1, V3, "512Mi"));
    examples.put(
        "Enabled session-affinity", new AppEvent.FeatureEnabled(AppFeature.SESSION_AFFINITY));
    examples.put(
        "Disabled heroku-metadata", new AppEvent.FeatureDisabled(AppFeature.HEROKU_METADATA));
    examples.put(
        "Changed roll-outs: max-surge 25%, max-unavailable default, stop-grace 90 s",
        new AppEvent.RolloutChanged(
            new RolloutOptions(
                ProcessShare.parse("25%"), Optional.empty(), Optional.of(Duration.ofSeconds(90)))));
    examples.put(
        "Set the buildpacks ./fonts, nodejs",
        new AppEvent.BuildpacksChanged(
            List.of(BuildpackReference.of("./fonts"), BuildpackReference.of("heroku/nodejs"))));
    examples.put("Cleared the buildpacks", new AppEvent.BuildpacksChanged(List.of()));
    examples.put("Turned maintenance on", new AppEvent.MaintenanceOn());
    examples.put("Turned maintenance off", new AppEvent.MaintenanceOff());
    examples.put("Added the domain www.example.com", new AppEvent.DomainAdded("www.example.com"));
    examples.put(
        "Removed the domain www.example.com", new AppEvent.DomainRemoved("www.example.com"));
    Instant end = Instant.parse("2026-12-24T18:00:00Z");
    examples.put(
        "Added a certificate for www.example.com, which expires on 2026-12-24",
        new AppEvent.CertificateAdded("www.example.com", end));
    examples.put(
        "Removed the certificate of www.example.com",
        new AppEvent.CertificateRemoved("www.example.com"));
    examples.put(
        "The certificate of www.example.com expires on 2026-12-24; replace it with `platform certs add`",
        new AppEvent.CertificateExpiring("www.example.com", end));
    examples.put(
        "The certificate of www.example.com expired on 2026-12-24, and browsers refuse it; replace it with `platform certs add`",
        new AppEvent.CertificateExpired("www.example.com", end));
    examples.put(
        "Renamed acme/shop to acme/store",
        new AppEvent.Renamed(new AppPath("acme", "shop"), new AppPath("acme", "store")));
    examples.put(
        "Transferred acme/shop to bar/shop",
        new AppEvent.Transferred(new AppPath("acme", "shop"), new AppPath("bar", "shop")));
    assertThat(examples.values().stream().map(AppEvent::kind).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(AppEventKind.class));
    return examples;
  }
}
