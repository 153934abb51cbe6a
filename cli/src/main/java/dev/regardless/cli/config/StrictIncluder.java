package dev.regardless.cli.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import dev.regardless.input.BadInputException;
import java.io.File;

/** Includes files as HOCON does, but refuses those that do not exist instead of going on without them. */
final class StrictIncluder implements ConfigIncluder, ConfigIncluderFile {

  private final String source;

  StrictIncluder(String source) {
    this.source = source;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    String name = what.matches(".*\\.(conf|json|properties)") ? what : what + ".conf";
    ConfigParseable included = context.relativeTo(name);
    if (included == null) {
      // A file in the current folder has no folder in its name, to which others would be relative.
      return includeFile(context, new File(name));
    }
    if (included.origin().filename() == null
        || !new File(included.origin().filename()).isFile()) {
      throw missing(what);
    }
    return included.parse(strict(context).setSyntax(null));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    if (!what.isFile()) {
      throw missing(what.toString());
    }
    Config included = ConfigFactory.parseFile(what, strict(context).setSyntax(null));
    return included.root();
  }

  private static ConfigParseOptions strict(ConfigIncludeContext context) {
    return context.parseOptions().setAllowMissing(false);
  }

  private BadInputException missing(String what) {
    return BadInputException.in(source, "includes " + what, "a file that exists");
  }
}
