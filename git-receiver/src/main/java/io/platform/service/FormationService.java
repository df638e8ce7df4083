package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.FormationChange;
import io.platform.domain.ProcessPlan;
import io.platform.domain.ScaleLimits;
import io.platform.domain.port.Apps;
import io.platform.domain.port.ProcessStates;
import io.platform.domain.port.ProcessStates.SizeLimit;
import io.platform.slug.ProcessTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows and scales the process types of an app. */
public final class FormationService {
  private static final Logger LOG = LoggerFactory.getLogger(FormationService.class);

  private final AppAccess access;
  private final Apps apps;
  private final ProcessStates processes;
  private final ScaleLimits limits;

  /** Scales what the runtime of these processes can scale, within these limits. */
  public FormationService(
      AppAccess access, Apps apps, ProcessStates processes, ScaleLimits limits) {
    this.access = access;
    this.apps = apps;
    this.processes = processes;
    this.limits = limits;
  }

  /**
   * What should run.
   *
   * @param types the commands of all types that can be scaled
   */
  public record Planned(ProcessTypes types, ProcessPlan plan) {}

  /** What should run of the app. */
  public Planned show(Principal user, AppPath path) {
    return planned(access.app(user, path, Role.VIEWER));
  }

  /**
   * Scales and resizes, for a developer of the namespace. Makes no release; the processes follow.
   *
   * @return what should run now
   * @throws RequestRefused where it is not possible, or the user may not; nothing is changed then
   */
  public Planned change(Principal user, AppPath path, ScaleRequest request) {
    App app = access.app(user, path, Role.DEVELOPER);
    RequestRefused.unlessEmpty(request.malformed());
    for (SizeLimit limit : request.sizeLimits()) {
      processes
          .whyUnlimited(limit)
          .ifPresent(why -> {
            throw new RequestRefused(
                RequestRefused.Reason.CONFLICT, ScaleMessages.unlimited(limit, why));
          });
    }
    if (apps.scale(app.id(), request.change(), limits, user.name())
        instanceof FormationChange.Result.Refused(var refusals)) {
      RequestRefused.unlessEmpty(refusals.stream().map(ScaleMessages::of).toList());
    }
    LOG.info("{} scaled {}: {}", user.name(), path, request.change().changes());
    return planned(apps.find(app.id()).orElse(app));
  }

  private Planned planned(App app) {
    ProcessTypes types = apps.processTypes(app.id());
    return new Planned(types, ProcessPlan.of(app.formation(), types));
  }
}
