package io.platform.domain;

import io.platform.slug.BuildpackReference;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Something that happened to an app: what a user did with it, or what became of it. It holds no
 * secrets: of config vars the names only.
 */
public sealed interface AppEvent {
  /** The app was made. */
  record Created() implements AppEvent {}

  /**
   * A build made a release, which is rolled out next.
   *
   * @param commit what was built, as 40 hexadecimal digits, where it was a commit
   */
  record Deployed(ReleaseVersion version, Optional<String> commit) implements AppEvent {}

  /**
   * Config vars got another value or went.
   *
   * @param set the names of those that got another value
   * @param unset the names of those that went
   */
  record ConfigChanged(SortedSet<String> set, SortedSet<String> unset) implements AppEvent {
    /** Copies both. */
    public ConfigChanged {
      set = Collections.unmodifiableSortedSet(new TreeSet<>(set));
      unset = Collections.unmodifiableSortedSet(new TreeSet<>(unset));
    }
  }

  /** Somebody made a release of an earlier one. */
  record RolledBack(ReleaseVersion version, ReleaseVersion to) implements AppEvent {}

  /** A release came up, and is the live one. */
  record Released(ReleaseVersion version, ReleaseCause cause) implements AppEvent {}

  /** A release did not come up. */
  record ReleaseFailed(ReleaseVersion version, ReleaseFailureCause cause) implements AppEvent {}

  /**
   * Another number of processes is to run.
   *
   * @param quantities those that changed, by process type
   */
  record Scaled(SortedMap<String, Integer> quantities) implements AppEvent {
    /** Copies the map. */
    public Scaled {
      quantities = Collections.unmodifiableSortedMap(new TreeMap<>(quantities));
    }
  }

  /**
   * Processes are to have another size.
   *
   * @param sizes those that changed, by process type
   */
  record Resized(SortedMap<String, ProcessSize> sizes) implements AppEvent {
    /** Copies the map. */
    public Resized {
      sizes = Collections.unmodifiableSortedMap(new TreeMap<>(sizes));
    }
  }

  /** Somebody asked for a restart, one process after the other. */
  record Restarted(ProcessSelector processes) implements AppEvent {}

  /** Somebody stopped processes, which start again. */
  record Stopped(ProcessSelector processes) implements AppEvent {}

  /** A process of the live release ended by itself, or did not come up, and is started again. */
  record Crashed(ProcessName process, ReleaseVersion version, ReleaseFailureCause cause)
      implements AppEvent {}

  /**
   * A process of the live release crashes again and again; its further crashes are no events.
   *
   * @param crashes how often it has crashed
   * @param cause of the last crash
   */
  record CrashLooping(
      ProcessName process, ReleaseVersion version, int crashes, ReleaseFailureCause cause)
      implements AppEvent {}

  /**
   * A process of the live release was killed, because it needed more memory than it may have.
   *
   * @param limit as a quantity of Kubernetes', such as {@code 512Mi}
   */
  record OutOfMemory(ProcessName process, ReleaseVersion version, String limit)
      implements AppEvent {}

  /** The app got a feature. */
  record FeatureEnabled(AppFeature feature) implements AppEvent {}

  /** The app has a feature no more. */
  record FeatureDisabled(AppFeature feature) implements AppEvent {}

  /** New processes take the place of old ones in another way. */
  record RolloutChanged(RolloutOptions rollout) implements AppEvent {}

  /**
   * Builds use other buildpacks.
   *
   * @param buildpacks those that they use now; empty where the app's files say it
   */
  record BuildpacksChanged(List<BuildpackReference> buildpacks) implements AppEvent {
    /** Copies the list. */
    public BuildpacksChanged {
      buildpacks = List.copyOf(buildpacks);
    }
  }

  /** Requests are answered by a maintenance page, and not by the app. */
  record MaintenanceOn() implements AppEvent {}

  /** Requests go to the app again. */
  record MaintenanceOff() implements AppEvent {}

  /** The app answers at a further host name, too. */
  record DomainAdded(String name) implements AppEvent {}

  /** It does not any more. */
  record DomainRemoved(String name) implements AppEvent {}

  /** A domain got a certificate, maybe in the place of another one. */
  record CertificateAdded(String domain, Instant notAfter) implements AppEvent {}

  /** A domain has no certificate any more. */
  record CertificateRemoved(String domain) implements AppEvent {}

  /** A certificate ends soon. */
  record CertificateExpiring(String domain, Instant notAfter) implements AppEvent {}

  /** A certificate has ended: browsers refuse the domain. */
  record CertificateExpired(String domain, Instant notAfter) implements AppEvent {}

  /** The app got another name. */
  record Renamed(AppPath from, AppPath to) implements AppEvent {}

  /** The app moved to another namespace. */
  record Transferred(AppPath from, AppPath to) implements AppEvent {}

  /** Its kind. */
  default AppEventKind kind() {
    return switch (this) {
      case Created _ -> AppEventKind.CREATED;
      case Deployed _ -> AppEventKind.DEPLOYED;
      case ConfigChanged _ -> AppEventKind.CONFIG_CHANGED;
      case RolledBack _ -> AppEventKind.ROLLED_BACK;
      case Released _ -> AppEventKind.RELEASED;
      case ReleaseFailed _ -> AppEventKind.RELEASE_FAILED;
      case Scaled _ -> AppEventKind.SCALED;
      case Resized _ -> AppEventKind.RESIZED;
      case Restarted _ -> AppEventKind.RESTARTED;
      case Stopped _ -> AppEventKind.STOPPED;
      case Crashed _ -> AppEventKind.CRASHED;
      case CrashLooping _ -> AppEventKind.CRASH_LOOPING;
      case OutOfMemory _ -> AppEventKind.OUT_OF_MEMORY;
      case FeatureEnabled _ -> AppEventKind.FEATURE_ENABLED;
      case FeatureDisabled _ -> AppEventKind.FEATURE_DISABLED;
      case RolloutChanged _ -> AppEventKind.ROLLOUT_CHANGED;
      case BuildpacksChanged _ -> AppEventKind.BUILDPACKS_CHANGED;
      case MaintenanceOn _ -> AppEventKind.MAINTENANCE_ON;
      case MaintenanceOff _ -> AppEventKind.MAINTENANCE_OFF;
      case DomainAdded _ -> AppEventKind.DOMAIN_ADDED;
      case DomainRemoved _ -> AppEventKind.DOMAIN_REMOVED;
      case CertificateAdded _ -> AppEventKind.CERTIFICATE_ADDED;
      case CertificateRemoved _ -> AppEventKind.CERTIFICATE_REMOVED;
      case CertificateExpiring _ -> AppEventKind.CERTIFICATE_EXPIRING;
      case CertificateExpired _ -> AppEventKind.CERTIFICATE_EXPIRED;
      case Renamed _ -> AppEventKind.RENAMED;
      case Transferred _ -> AppEventKind.TRANSFERRED;
    };
  }
}
