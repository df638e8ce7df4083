package io.platform.metrics;

/**
 * The names of the platform's own meters; Prometheus sees them with underscores, and with {@code
 * _total} or {@code _seconds} behind. {@code docs/metrics.md} says what each tells.
 */
final class MeterNames {
  /** Builds that ended, by {@code outcome}: succeeded, failed, canceled, timed_out. */
  static final String BUILDS = "platform.builds";

  /** How long each {@code step} of builds took: receive, queue, build, rollout. */
  static final String BUILD_STEPS = "platform.build.steps";

  /**
   * How long each {@code step} within builders took: setup, fetch, detect, compile, pack, upload.
   */
  static final String BUILDER_STEPS = "platform.builder.steps";

  /** Builds that are not settled, by {@code status}: receiving, accepted, running, ended. */
  static final String UNSETTLED_BUILDS = "platform.builds.unsettled";

  /** Pushes that ended, by {@code outcome}: accepted, rejected, failed. */
  static final String PUSHES = "platform.pushes";

  /** Bytes that pushes brought. */
  static final String PUSH_BYTES = "platform.push.received.bytes";

  /** Threads of git that work, by {@code pool}: git-receive, git-fetch, archive. */
  static final String GIT_THREADS_WORKING = "platform.git.threads.working";

  /** Requests that wait for a thread of git, by {@code pool}. */
  static final String GIT_THREADS_WAITING = "platform.git.threads.waiting";

  /** Followers of build logs, by {@code client}: push, api. */
  static final String LOG_FOLLOWERS = "platform.log.followers";

  /** Bytes that the slowest follower of a build log was not sent yet, by {@code client}. */
  static final String LOG_FOLLOWER_LAG = "platform.log.follower.lag.bytes";

  /** Roll-outs of releases and their duration, by {@code outcome}: live, failed, superseded. */
  static final String ROLLOUTS = "platform.rollouts";

  /** Answers to requests for apps, by {@code status}: 1xx to 5xx, none. */
  static final String PROXY_RESPONSES = "platform.proxy.responses";

  /** Watches of the Kubernetes API that broke off and began again. */
  static final String WATCH_RESTARTS = "platform.kubernetes.watch.restarts";

  private MeterNames() {}
}
