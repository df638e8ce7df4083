package io.platform.persistence;

/** The source of the keys that encrypt config vars: never the database itself. */
public interface ConfigKeySource {
  /**
   * The keys.
   *
   * @param used whether values in the database are encrypted already, so that a new key would not
   *     help
   * @throws ConfigKeysUnusable where there are none, or they cannot be read
   */
  ConfigKeys keys(boolean used);

  /** Where the operator finds them, for messages: a setting or a file. */
  String place();

  /** Keys that are known. */
  static ConfigKeySource of(ConfigKeys keys, String place) {
    return new ConfigKeySource() {
      @Override
      public ConfigKeys keys(boolean used) {
        return keys;
      }

      @Override
      public String place() {
        return place;
      }
    };
  }
}
