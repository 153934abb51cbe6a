package dev.regardless.cli.matrix;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.regardless.cli.matrix.Matrix.Cell;
import dev.regardless.cli.matrix.Matrix.Column;
import dev.regardless.cli.matrix.Matrix.Expectation;
import dev.regardless.cli.matrix.Matrix.Row;
import dev.regardless.input.BadInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a matrix from the resource {@code matrices/NAME.conf} (HOCON) of any jar.
 *
 * <p>{@code rows} and {@code columns} are lists of objects with {@code name}, {@code parameters} and, in rows, {@code
 * scenario}, {@code weaken} and {@code fact}. {@code expected} has one object a column: {@code holds}, the names of the rows
 * that hold everywhere, and for each other row an object with {@code verdict}, {@code reason} and {@code source}, where a
 * verdict is {@code holds}, {@code limit reached} or a property's id, for all architectures or by architecture. Each cell
 * must have exactly one expectation.
 */
public final class MatrixFile {

  /** The verdict of a scenario that violates nothing. */
  static final String HOLDS = "holds";

  private MatrixFile() {}

  private static String resource(String name) {
    return "matrices/" + name + ".conf";
  }

  /** Whether there is a matrix of that name. */
  public static boolean exists(String name) {
    return MatrixFile.class.getClassLoader().getResource(resource(name)) != null;
  }

  /**
   * Reads it.
   *
   * @throws BadInputException naming the file and what is wrong with it
   */
  public static Matrix read(String name) {
    try {
      Config config = ConfigFactory.parseResources(MatrixFile.class.getClassLoader(), resource(name)).resolve();
      List<Row> rows = config.getConfigList("rows").stream().map(MatrixFile::row).toList();
      List<Column> columns = config.getConfigList("columns").stream()
          .map(column -> new Column(column.getString("name"), strings(column, "parameters"))).toList();
      Map<Cell, Expectation> expected = new HashMap<>();
      for (Map.Entry<String, ConfigValue> column : config.getObject("expected").entrySet()) {
        expectations(name, column.getKey(), ((ConfigObject) column.getValue()).toConfig(), expected);
      }
      complete(name, rows, columns, expected);
      return new Matrix(name, config.getString("description"), rows, columns, expected);
    } catch (ConfigException e) {
      throw BadInputException.in(resource(name), String.valueOf(e.getMessage()), "a matrix").causedBy(e);
    }
  }

  private static Row row(Config config) {
    List<String> weakened = config.hasPath("weaken") ? config.getStringList("weaken") : List.of();
    return new Row(config.getString("name"), config.getString("scenario"), strings(config, "parameters"), weakened,
        config.getString("fact"));
  }

  private static SortedMap<String, String> strings(Config config, String path) {
    SortedMap<String, String> map = new TreeMap<>();
    if (config.hasPath(path)) {
      config.getObject(path).forEach((key, value) -> map.put(key, String.valueOf(value.unwrapped())));
    }
    return Collections.unmodifiableSortedMap(map);
  }

  private static void expectations(String name, String column, Config config, Map<Cell, Expectation> expected) {
    for (Map.Entry<String, ConfigValue> entry : config.root().entrySet()) {
      if (entry.getKey().equals(HOLDS)) {
        for (String row : config.getStringList(HOLDS)) {
          put(name, new Cell(row, column), everywhere(HOLDS, "", ""), expected);
        }
      } else {
        Config cell = config.getConfig(ConfigUtil.quoteString(entry.getKey()));
        put(name, new Cell(entry.getKey(), column), expectation(cell), expected);
      }
    }
  }

  private static void put(String name, Cell cell, Expectation expectation, Map<Cell, Expectation> expected) {
    if (expected.put(cell, expectation) != null) {
      throw BadInputException.in(resource(name), "two expectations for " + cell, "one");
    }
  }

  private static Expectation expectation(Config cell) {
    String reason = cell.getString("reason");
    String source = cell.getString("source");
    if (cell.getValue("verdict").valueType() == ConfigValueType.OBJECT) {
      return new Expectation(strings(cell, "verdict"), reason, source);
    }
    return everywhere(cell.getString("verdict"), reason, source);
  }

  private static Expectation everywhere(String verdict, String reason, String source) {
    SortedMap<String, String> verdicts = new TreeMap<>();
    verdicts.put(Expectation.OTHERS, verdict);
    return new Expectation(verdicts, reason, source);
  }

  private static void complete(
      String name, List<Row> rows, List<Column> columns, Map<Cell, Expectation> expected) {
    List<String> wrong = new ArrayList<>();
    Map<Cell, Expectation> left = new HashMap<>(expected);
    for (Row row : rows) {
      for (Column column : columns) {
        Cell cell = new Cell(row.name(), column.name());
        if (left.remove(cell) == null) {
          wrong.add("nothing for %s of %s".formatted(cell.row(), cell.column()));
        }
      }
    }
    left.keySet().forEach(cell -> wrong.add("unknown cell %s of %s".formatted(cell.row(), cell.column())));
    if (!wrong.isEmpty()) {
      Collections.sort(wrong);
      throw BadInputException.in(resource(name), wrong.getFirst() + (wrong.size() > 1 ? " and others" : ""),
          "one expectation for each cell");
    }
  }
}
