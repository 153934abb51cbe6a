package dev.regardless.cli.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.regardless.input.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layers a configuration: reference.conf, the file with its includes, CONFIG_FORCE_ environment variables, -Dkey=value;
 * and refuses keys that reference.conf does not have.
 */
public final class ConfigurationFile {

  private static final String FORCE = "CONFIG_FORCE_";
  private static final Pattern MISSING = Pattern.compile("resource not found on classpath: (\\S+)");

  private ConfigurationFile() {}

  /**
   * Reads a file.
   *
   * @param overrides from the command line, by key
   * @param environment the process's environment
   * @param openBlocks top-level blocks whose keys are not in reference.conf: somebody else checks them
   * @throws BadInputException naming file, line and key
   */
  public static Settings read(
      Path file, Map<String, String> overrides, Map<String, String> environment, Set<String> openBlocks) {
    if (!Files.isRegularFile(file)) {
      throw BadInputException.in(file.toString(), "no such file", "a configuration file");
    }
    if (!Files.isReadable(file)) {
      throw BadInputException.in(file.toString(), "cannot be read", "a readable file");
    }
    ConfigParseOptions options = ConfigParseOptions.defaults()
        .setAllowMissing(false)
        .setSyntax(ConfigSyntax.CONF)
        .setIncluder(new StrictIncluder(file.toString()));
    Config parsed;
    try {
      parsed = ConfigFactory.parseFile(file.toFile(), options);
    } catch (ConfigException e) {
      throw syntax(file.toString(), e);
    }
    return layer(parsed, overrides, environment, openBlocks, file.toString());
  }

  /** The configuration that {@link #canonical} wrote. */
  public static Settings readCanonical(String text, String source, Set<String> openBlocks) {
    try {
      ConfigParseOptions options = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON)
          .setOriginDescription(source);
      return layer(ConfigFactory.parseString(text, options), Map.of(), Map.of(), openBlocks, source);
    } catch (ConfigException e) {
      throw syntax(source, e);
    }
  }

  private static Settings layer(
      Config parsed,
      Map<String, String> overrides,
      Map<String, String> environment,
      Set<String> openBlocks,
      String source) {
    Config reference = ConfigFactory.parseResources(ConfigurationFile.class.getClassLoader(), "reference.conf");
    Config user = commandLine(overrides).withFallback(forced(environment)).withFallback(parsed);
    try {
      Config resolvedUser = user.withFallback(reference).resolve(ConfigResolveOptions.defaults());
      refuseUnknown(user.resolveWith(resolvedUser), reference, openBlocks);
      return new Settings(resolvedUser);
    } catch (ConfigException e) {
      throw syntax(source, e);
    }
  }

  private static BadInputException syntax(String source, ConfigException e) {
    String message = String.valueOf(e.getMessage());
    Matcher missing = MISSING.matcher(message);
    if (missing.find()) {
      return BadInputException.in(source, "includes " + missing.group(1), "a file that exists").causedBy(e);
    }
    if (e.origin() == null) {
      return BadInputException.in(source, message, "HOCON").causedBy(e);
    }
    String place = e.origin().description() + ": ";
    String what = message.startsWith(place) ? message.substring(place.length()) : message;
    return Settings.at(e.origin(), what, "HOCON").causedBy(e);
  }

  private static Config commandLine(Map<String, String> overrides) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, String> entry : new TreeMap<>(overrides).entrySet()) {
      String option = "-D" + entry.getKey();
      try {
        ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(option);
        // Parsed as HOCON, so that lists and numbers can be given.
        Config one = ConfigFactory.parseString(entry.getKey() + " = " + entry.getValue(), options);
        config = one.withFallback(config);
      } catch (ConfigException e) {
        try {
          config = config.withValue(
              entry.getKey(), ConfigValueFactory.fromAnyRef(entry.getValue(), option));
        } catch (ConfigException badKey) {
          throw BadInputException.in(option, "not a key", "-Dkey=value with a key of reference.conf").causedBy(badKey);
        }
      }
    }
    return config;
  }

  /** CONFIG_FORCE_a_b__c means a.b-c, as Typesafe Config defines it. */
  private static Config forced(Map<String, String> environment) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
      if (entry.getKey().startsWith(FORCE)) {
        try {
          config = config.withValue(
              key(entry.getKey()), ConfigValueFactory.fromAnyRef(entry.getValue(), entry.getKey()));
        } catch (ConfigException e) {
          throw BadInputException.in(entry.getKey(), "names no key", FORCE + "<key>, with _ for . and __ for -")
              .causedBy(e);
        }
      }
    }
    return config;
  }

  /** The overrides that the environment makes, by key. */
  public static Map<String, String> forcedKeys(Map<String, String> environment) {
    Map<String, String> keys = new TreeMap<>();
    environment.forEach((name, value) -> {
      if (name.startsWith(FORCE)) {
        keys.put(key(name), value);
      }
    });
    return keys;
  }

  private static String key(String variable) {
    // Three underscores first: they stand for one.
    return variable.substring(FORCE.length()).replace("___", "\0").replace("__", "-").replace('_', '.').replace('\0',
        '_');
  }

  private static void refuseUnknown(Config user, Config reference, Set<String> openBlocks) {
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(user.root()).entrySet()) {
      if (!openBlocks.contains(entry.getKey())) {
        refuseUnknown(entry.getKey(), entry.getValue(), reference);
      }
    }
  }

  private static void refuseUnknown(String key, ConfigValue value, Config reference) {
    if (!reference.hasPathOrNull(key)) {
      throw Settings.at(value.origin(), "unknown key " + key, nearest(key, reference));
    }
    boolean block = reference.getValue(key).valueType() == ConfigValueType.OBJECT;
    if (block != (value.valueType() == ConfigValueType.OBJECT)) {
      throw Settings.at(
          value.origin(),
          "%s is %s".formatted(key, value.render(ConfigRenderOptions.concise())),
          block ? "a block { ... }" : "a value, not a block");
    }
    if (block) {
      for (Map.Entry<String, ConfigValue> entry : new TreeMap<>((ConfigObject) value).entrySet()) {
        refuseUnknown(key + '.' + ConfigUtil.quoteString(entry.getKey()).replace("\"", ""), entry.getValue(),
            reference);
      }
    }
  }

  private static String nearest(String key, Config reference) {
    int dot = key.lastIndexOf('.');
    String block = dot < 0 ? "" : key.substring(0, dot);
    ConfigObject siblings = block.isEmpty() ? reference.root() : reference.getObject(block);
    return "one of " + String.join(", ", new TreeSet<>(siblings.keySet()));
  }

  /** The whole configuration on one line, the same for the same values; {@code without} are keys to leave out. */
  public static String canonical(Settings settings, List<String> without) {
    Config config = settings.config();
    for (String key : without) {
      config = config.withoutPath(key);
    }
    return config.root().render(ConfigRenderOptions.concise());
  }
}
