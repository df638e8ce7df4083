package io.platform.persistence;

import java.util.List;

/** Keys of config vars for tests, the same in every process. */
public final class TestConfigKeys {
  static final String FIRST = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  static final String SECOND = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

  /** One key. */
  public static final ConfigKeySource SOURCE = of(FIRST);

  private TestConfigKeys() {}

  static ConfigKeySource of(String... keys) {
    return ConfigKeySource.of(ConfigKeys.parse(List.of(keys)), "PLATFORM_CONFIG_KEYS");
  }
}
