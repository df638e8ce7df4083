package io.platform.bootstrap;

import io.platform.commons.settings.SettingsReader;
import io.platform.persistence.ConfigKeySource;
import io.platform.persistence.ConfigKeys;
import java.util.List;
import java.util.Optional;

/** The keys of config vars as settings of a server. */
public final class ConfigKeySetting {
  private static final String NAME = "PLATFORM_CONFIG_KEYS";

  private ConfigKeySetting() {}

  /** The keys that the environment, or a file that it names, has. */
  public static Optional<ConfigKeySource> read(SettingsReader settings) {
    List<String> texts = settings.secrets(NAME);
    return texts.isEmpty() ? Optional.empty() : Optional.of(parse(settings, texts));
  }

  /** As {@link #read}; where there are none, the check of the settings tells. */
  public static ConfigKeySource required(SettingsReader settings) {
    return parse(settings, settings.requiredSecrets(NAME));
  }

  private static ConfigKeySource parse(SettingsReader settings, List<String> texts) {
    ConfigKeys unused = ConfigKeys.parse(List.of(ConfigKeys.newKey()));
    return ConfigKeySource.of(
        texts.isEmpty() ? unused : settings.valid(NAME, unused, () -> ConfigKeys.parse(texts)),
        NAME);
  }
}
