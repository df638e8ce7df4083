package io.platform.bootstrap.pod;

import io.platform.bootstrap.PlatformAddresses;
import io.platform.bootstrap.PlatformServicesConfig;
import io.platform.commons.database.DatabaseSettings;
import io.platform.commons.metrics.MetricsAddress;
import io.platform.commons.settings.SettingsReader;
import io.platform.metrics.MetricsSetting;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Where a program serves, and what it stands on.
 *
 * @param listen the address that it binds
 * @param port the port that it binds
 * @param ports those of both programs
 * @param metrics where metrics are served; nowhere where it is empty
 * @param data the volume
 * @param ownObjects whether objects are in a directory of the volume's
 */
public record PodConfig(
    String listen,
    int port,
    PodPorts ports,
    Optional<MetricsAddress> metrics,
    Path data,
    boolean ownObjects,
    PlatformAddresses addresses,
    PlatformServicesConfig services) {
  /** Variables with the prefix that others read: the logging. */
  public static final List<String> OTHERS = List.of("PLATFORM_LOG_LEVEL");

  /**
   * Reads the settings.
   *
   * @param own which of the ports is the program's own
   */
  public static PodConfig read(SettingsReader settings, ToIntFunction<PodPorts> own) {
    PodPorts ports = PodPorts.read(settings);
    Path data = Path.of(settings.text("PLATFORM_DATA").orElse("/data"));
    PlatformAddresses addresses = PlatformAddresses.read(settings);
    return new PodConfig(
        settings.text("PLATFORM_LISTEN").orElse("0.0.0.0"),
        own.applyAsInt(ports),
        ports,
        MetricsSetting.address(settings),
        data,
        settings.text("PLATFORM_OBJECT_STORE").isEmpty(),
        addresses,
        new PlatformServicesConfig(
            new DatabaseSettings(settings, "PLATFORM_DATABASE")
                .read("PLATFORM_DATABASE", data.resolve("platform.db")),
            objectStore(settings, data),
            addresses));
  }

  private static URI objectStore(SettingsReader settings, Path data) {
    URI inData = data.resolve("objects").toUri();
    try {
      return settings.text("PLATFORM_OBJECT_STORE").map(URI::create).orElse(inData);
    } catch (IllegalArgumentException e) {
      settings.wrong("PLATFORM_OBJECT_STORE", "a URL such as s3://BUCKET/PREFIX");
      return inData;
    }
  }
}
