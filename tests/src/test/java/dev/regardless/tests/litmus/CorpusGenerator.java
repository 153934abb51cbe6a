package dev.regardless.tests.litmus;

import dev.regardless.isa.generic.GenericMapping;
import dev.regardless.litmus.generic.GenericTranslator;
import dev.regardless.litmus.syntax.LitmusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the litmus files of the project's own corpus; {@code main} writes them. Expected outcomes stand beside them and
 * are not made here.
 */
final class CorpusGenerator {
  private static final List<String> ALL_GENERIC = List.of("MP+po+po", "MP+fence+fence", "MP+fence.store+fence.load",
      "MP+rel+acq", "MP+rel+acqpc", "MP+rel+po", "MP+rel+addr", "MP+po+acq", "MP+fence+ctrl", "SB+po+po",
      "SB+fence+fence", "SB+fence+po", "SB+relacq+relacq", "SB+swap+swap", "LB+po+po", "LB+data+data", "LB+ctrl+po",
      "LB+acq+acq", "LB+rel+rel", "LB+fence+fence", "S+rel+data", "S+po+po", "R+fence+fence", "R+po+po", "R+rel+relacq",
      "2+2W+po+po", "2+2W+fence.store+fence.store", "2+2W+rel+rel", "WRC+po+po", "WRC+data+addr", "WRC+rel+acq",
      "RWC+fence+fence", "RWC+addr+po", "IRIW+po+po", "IRIW+addr+addr", "IRIW+fence+fence", "IRIW+acq+acq",
      "ISA2+rel+data+addr", "ISA2+fence+po+po", "W+RWC+fence+addr+fence", "WWC+data+data", "Z6.2+rel+data+data",
      "3.SB+po+po+po", "3.SB+fence+fence+fence", "3.LB+po+po+po", "3.LB+data+data+data", "3.2W+po+po+po",
      "CoRR+po", "CoRW1+po", "CoRW2+po", "CoWR+po", "CoWW+po");

  private static final Map<String, List<List<String>>> A64_LINKS = new LinkedHashMap<>();
  private static final Map<String, List<List<String>>> X86_LINKS = new LinkedHashMap<>();

  private CorpusGenerator() {}

  static {
    A64_LINKS.put("MP", List.of(List.of("po", "fence", "fence.store", "rel"),
        List.of("po", "fence.load", "addr", "ctrl", "acq", "acqpc")));
    A64_LINKS.put("SB", List.of(List.of("po", "fence", "relacq", "swap"), List.of("po", "fence", "relacq")));
    A64_LINKS.put("LB", List.of(List.of("po", "data", "ctrl", "rel"), List.of("addr", "acq", "fence.load", "po")));
    A64_LINKS.put("S", List.of(List.of("po", "fence.store", "rel"), List.of("po", "data", "ctrl", "acqpc")));
    A64_LINKS.put("R", List.of(List.of("po", "fence", "rel"), List.of("po", "fence", "relacq")));
    A64_LINKS.put("2+2W", List.of(List.of("po", "fence.store", "rel"), List.of("po", "rel")));
    A64_LINKS.put("WRC", List.of(List.of("po", "data", "rel"), List.of("po", "addr", "acq")));
    A64_LINKS.put("RWC", List.of(List.of("addr", "acq"), List.of("po", "fence")));
    A64_LINKS.put("IRIW", List.of(List.of("po", "addr", "acq"), List.of("addr", "acq")));
    A64_LINKS.put("ISA2", List.of(List.of("rel"), List.of("data", "ctrl"), List.of("addr", "po")));
    A64_LINKS.put("W+RWC", List.of(List.of("rel"), List.of("acq", "addr"), List.of("fence", "relacq")));
    A64_LINKS.put("Z6.2", List.of(List.of("rel", "po"), List.of("data"), List.of("ctrl", "po")));
    A64_LINKS.put("3.LB", List.of(List.of("data"), List.of("ctrl", "po"), List.of("addr")));
    X86_LINKS.put("SB", List.of(List.of("po", "fence", "swap"), List.of("po", "fence", "swap")));
    X86_LINKS.put("MP", List.of(List.of("po", "fence"), List.of("po", "fence")));
    X86_LINKS.put("LB", List.of(List.of("po"), List.of("po", "fence")));
    X86_LINKS.put("S", List.of(List.of("po", "swap"), List.of("po")));
    X86_LINKS.put("R", List.of(List.of("po", "fence"), List.of("po", "fence", "swap")));
    X86_LINKS.put("2+2W", List.of(List.of("po"), List.of("po", "fence")));
    X86_LINKS.put("WRC", List.of(List.of("po"), List.of("po")));
    X86_LINKS.put("RWC", List.of(List.of("po", "fence"), List.of("po", "fence", "swap")));
    X86_LINKS.put("WWC", List.of(List.of("po"), List.of("po")));
    X86_LINKS.put("IRIW", List.of(List.of("po"), List.of("po", "fence")));
    X86_LINKS.put("ISA2", List.of(List.of("po"), List.of("po"), List.of("po")));
    X86_LINKS.put("W+RWC", List.of(List.of("po"), List.of("po"), List.of("po", "fence")));
    X86_LINKS.put("3.SB", List.of(List.of("po", "fence"), List.of("fence"), List.of("fence")));
    X86_LINKS.put("3.2W", List.of(List.of("po"), List.of("po"), List.of("po")));
    X86_LINKS.put("CoRR", List.of(List.of("po")));
    X86_LINKS.put("CoWR", List.of(List.of("po")));
    X86_LINKS.put("CoWW", List.of(List.of("po")));
  }

  /** Writes the corpus into a folder. */
  public static void main(String[] arguments) throws IOException {
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path path = Path.of(arguments[0]).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /** All files of the corpus by relative name, lists included. */
  static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (String name : ALL_GENERIC) {
      files.put("generic/" + name + ".litmus", fromName(name));
    }
    files.put("generic/add+add.litmus", CorpusShapes.text("add+add",
        List.of(List.of("r0 = add x 1"), List.of("r0 = add x 2")), "0:r0=0 /\\ 1:r0=0"));
    files.put("generic/cas+cas.litmus", CorpusShapes.text("cas+cas",
        List.of(List.of("r0 = cas.acquire x 0 1", "store y 1"), List.of("r0 = cas.acquire x 0 2", "r1 = load y")),
        "0:r0=0 /\\ 1:r0=0"));
    mapped("AArch64", "aarch64/", A64_LINKS, files);
    mapped("X86_64", "x86_64/", X86_LINKS, files);
    NativeTests.aarch64().forEach((name, text) -> files.put("aarch64/" + name + ".litmus", text));
    NativeTests.x86().forEach((name, text) -> files.put("x86_64/" + name + ".litmus", text));
    for (String folder : List.of("generic", "aarch64", "x86_64")) {
      StringBuilder list = new StringBuilder();
      files.keySet().stream().filter(name -> name.startsWith(folder + "/"))
          .forEach(name -> list.append(name.substring(folder.length() + 1)).append('\n'));
      files.put(folder + "/@all", list.toString());
    }
    return files;
  }

  private static void mapped(String architecture, String folder, Map<String, List<List<String>>> links,
      Map<String, String> files) {
    GenericMapping mapping = GenericMapping.all().stream().filter(each -> each.architecture().equals(architecture))
        .findFirst().orElseThrow(() -> new IllegalStateException("no mapping for " + architecture));
    links.forEach((shape, choices) -> {
      for (List<String> chosen : product(choices)) {
        String name = CorpusShapes.name(CorpusShapes.named(shape), chosen);
        String generic = CorpusShapes.generic(CorpusShapes.named(shape), chosen);
        files.put(folder + name + ".litmus",
            GenericTranslator.translate(LitmusReader.parse(name, generic), mapping));
      }
    });
  }

  private static String fromName(String name) {
    String shape = CorpusShapes.names().stream().filter(each -> name.startsWith(each + "+"))
        .max((left, right) -> left.length() - right.length()).orElseThrow();
    return CorpusShapes.generic(CorpusShapes.named(shape),
        List.of(name.substring(shape.length() + 1).split("\\+")));
  }

  private static List<List<String>> product(List<List<String>> choices) {
    List<List<String>> all = new ArrayList<>(List.of(List.of()));
    for (List<String> choice : choices) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> start : all) {
        for (String next : choice) {
          List<String> one = new ArrayList<>(start);
          one.add(next);
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }
}
