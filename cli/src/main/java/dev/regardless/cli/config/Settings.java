package dev.regardless.cli.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.regardless.input.BadInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Typed access to a resolved configuration; every refusal names the place where the value was written. */
public final class Settings {

  private static final int MILLION = 1_000_000;
  private static final Pattern NO_LINE = Pattern.compile(": \\d+(-\\d+)?$");

  private final Config config;

  Settings(Config config) {
    this.config = config;
  }

  /** A whole number in a range. */
  public int number(String key, int minimum, int maximum) {
    return (int) longNumber(key, minimum, maximum);
  }

  /** A whole number in a range. */
  public long longNumber(String key, long minimum, long maximum) {
    ConfigValue value = value(key);
    try {
      long number = wholeNumber(value.unwrapped());
      if (number >= minimum && number <= maximum) {
        return number;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw refuse(key, range(minimum, maximum)).causedBy(e);
    }
    throw refuse(key, range(minimum, maximum));
  }

  /** BigDecimal takes 1e6 and 2.0 too, but makes large tables when first used: only where needed. */
  private static long wholeNumber(Object value) {
    return value instanceof Integer || value instanceof Long
        ? ((Number) value).longValue()
        : new BigDecimal(String.valueOf(value)).longValueExact();
  }

  private static String range(long minimum, long maximum) {
    return "a whole number from " + minimum + (maximum == Long.MAX_VALUE ? "" : " to " + maximum);
  }

  /** A chance, 0 to 1, as millionths. */
  public int millionths(String key) {
    String expected = "a chance from 0 to 1";
    try {
      double chance = Double.parseDouble(String.valueOf(value(key).unwrapped()));
      if (chance >= 0 && chance <= 1) {
        return (int) Math.round(chance * MILLION);
      }
    } catch (NumberFormatException e) {
      throw refuse(key, expected).causedBy(e);
    }
    throw refuse(key, expected);
  }

  /** on, off, true, false, yes, no. */
  public boolean flag(String key) {
    try {
      return config.getBoolean(key);
    } catch (ConfigException e) {
      throw refuse(key, "on or off").causedBy(e);
    }
  }

  /** A text; numbers and words alike. */
  public String text(String key) {
    ConfigValue value = value(key);
    if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
      throw refuse(key, "a text");
    }
    return String.valueOf(value.unwrapped());
  }

  /** One of some words. */
  public String oneOf(String key, List<String> words) {
    String word = text(key);
    if (!words.contains(word)) {
      throw refuse(key, "one of " + String.join(", ", words));
    }
    return word;
  }

  /** A list of texts; a single text is a list of one. */
  public List<String> texts(String key) {
    ConfigValue value = value(key);
    if (value.valueType() != ConfigValueType.LIST) {
      return List.of(text(key));
    }
    List<String> texts = new ArrayList<>();
    for (ConfigValue element : config.getList(key)) {
      if (element.valueType() == ConfigValueType.OBJECT || element.valueType() == ConfigValueType.LIST) {
        throw refuse(key, "a list of texts");
      }
      texts.add(String.valueOf(element.unwrapped()));
    }
    return texts;
  }

  /** All values of a block, nested ones with dotted names; empty if there is no such block. */
  public SortedMap<String, String> block(String key) {
    SortedMap<String, String> values = new TreeMap<>();
    if (!config.hasPath(key)) {
      return values;
    }
    if (config.getValue(key).valueType() != ConfigValueType.OBJECT) {
      throw refuse(key, "a block of parameters");
    }
    Config block = config.getConfig(key);
    for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
      values.put(entry.getKey().replace("\"", ""), plain(block, key + '.' + entry.getKey(), entry));
    }
    return values;
  }

  private String plain(Config block, String key, Map.Entry<String, ConfigValue> entry) {
    if (entry.getValue().valueType() == ConfigValueType.LIST) {
      List<String> texts = new ArrayList<>();
      for (ConfigValue element : block.getList(entry.getKey())) {
        if (element.valueType() == ConfigValueType.OBJECT || element.valueType() == ConfigValueType.LIST) {
          throw refuse(key, "a text or a list of texts");
        }
        texts.add(String.valueOf(element.unwrapped()));
      }
      return String.join(",", texts);
    }
    return String.valueOf(entry.getValue().unwrapped());
  }

  /** A refusal of the value of {@code key}, naming where it was written. */
  public BadInputException refuse(String key, String expected) {
    ConfigValue value = config.hasPathOrNull(key) && !config.getIsNull(key) ? config.getValue(key) : null;
    if (value == null) {
      return BadInputException.in(key, "no value", expected);
    }
    return at(value.origin(), "%s is %s".formatted(key, value.render(ConfigRenderOptions.concise())), expected);
  }

  /** A refusal of a key that nobody knows. */
  public BadInputException unknown(String key, String expected) {
    return at(config.getValue(key).origin(), "unknown key " + key, expected);
  }

  static BadInputException at(ConfigOrigin origin, String found, String expected) {
    String file = origin.filename();
    if (file == null) {
      // An option or environment variable: its name is all there is, lines within it help nobody.
      return BadInputException.in(NO_LINE.matcher(origin.description()).replaceFirst(""), found, expected);
    }
    int line = Math.max(BadInputException.UNKNOWN, origin.lineNumber());
    return BadInputException.at(file, line, BadInputException.UNKNOWN, found, expected);
  }

  private ConfigValue value(String key) {
    try {
      return config.getValue(key);
    } catch (ConfigException e) {
      throw BadInputException.in(key, "no value", "a value for this key").causedBy(e);
    }
  }

  /** Whether there is such a key. */
  public boolean isKnown(String key) {
    return config.hasPath(key);
  }

  Config config() {
    return config;
  }
}
