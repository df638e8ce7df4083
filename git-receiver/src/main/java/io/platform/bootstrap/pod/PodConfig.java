package io.platform.bootstrap.pod;

import io.platform.bootstrap.ConfigKeySetting;
import io.platform.bootstrap.ObjectStores;
import io.platform.bootstrap.PlatformAddresses;
import io.platform.bootstrap.PlatformServicesConfig;
import io.platform.commons.database.DatabaseSettings;
import io.platform.commons.metrics.MetricsAddress;
import io.platform.commons.settings.ListenAddress;
import io.platform.commons.settings.SettingsReader;
import io.platform.metrics.MetricsSetting;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * The addresses, database and object store of a program in a pod.
 *
 * @param listen the address that it binds
 * @param port the port that it binds
 * @param ports those of both programs
 * @param metrics where metrics are served; nowhere where it is empty
 * @param data the volume
 * @param ownObjects whether objects are in a directory of the volume's
 */
public record PodConfig(
    ListenAddress listen,
    int port,
    PodPorts ports,
    Optional<MetricsAddress> metrics,
    Path data,
    boolean ownObjects,
    PlatformAddresses addresses,
    PlatformServicesConfig services) {
  /**
   * Reads the settings.
   *
   * @param own which of the ports is the program's own
   */
  public static PodConfig read(SettingsReader settings, ToIntFunction<PodPorts> own) {
    settings.logLevel("PLATFORM_LOG_LEVEL");
    PodPorts ports = PodPorts.read(settings);
    Path data = settings.path("PLATFORM_DATA").orElse(Path.of("/data"));
    PlatformAddresses addresses = PlatformAddresses.read(settings);
    return new PodConfig(
        settings.address(
            "PLATFORM_LISTEN", "0.0.0.0", "PLATFORM_RECEIVER_PORT or PLATFORM_DEPLOYER_PORT"),
        own.applyAsInt(ports),
        ports,
        MetricsSetting.address(settings),
        data,
        settings.text("PLATFORM_OBJECT_STORE").isEmpty(),
        addresses,
        new PlatformServicesConfig(
            new DatabaseSettings(settings, "PLATFORM_DATABASE")
                .read("PLATFORM_DATABASE", data.resolve("platform.db")),
            ConfigKeySetting.required(settings),
            objectStore(settings, data),
            addresses));
  }

  private static URI objectStore(SettingsReader settings, Path data) {
    String name = "PLATFORM_OBJECT_STORE";
    URI inData = data.resolve("objects").toUri();
    return settings.valid(
        name, inData, () -> settings.text(name).map(ObjectStores::location).orElse(inData));
  }
}
