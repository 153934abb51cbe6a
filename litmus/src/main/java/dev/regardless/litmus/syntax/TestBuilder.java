package dev.regardless.litmus.syntax;

import dev.regardless.litmus.syntax.LitmusParser.CellContext;
import dev.regardless.litmus.syntax.LitmusParser.MetadataContext;
import dev.regardless.litmus.syntax.LitmusParser.RowContext;
import dev.regardless.litmus.syntax.LitmusParser.TestContext;
import dev.regardless.litmus.syntax.LitmusParser.TextContext;
import dev.regardless.litmus.syntax.LitmusParser.ThreadHeaderContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

/** Turns the parse tree of a whole test into a {@link ParsedTest}. */
final class TestBuilder {
  private final String file;
  private final String source;
  private final CommonTokenStream tokens;
  private final StateBuilder states;

  TestBuilder(String file, String source, CommonTokenStream tokens) {
    this.file = file;
    this.source = source;
    this.tokens = tokens;
    this.states = new StateBuilder(file);
  }

  ParsedTest build(TestContext test) {
    String documentation = "";
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    for (MetadataContext item : test.metadata()) {
      if (item.DOCUMENTATION() != null) {
        String quoted = item.DOCUMENTATION().getText();
        documentation = documentation.isEmpty() ? quoted.substring(1, quoted.length() - 1) : documentation;
      } else {
        String[] entry = item.ENTRY().getText().split("=", 2);
        metadata.putIfAbsent(entry[0].strip(), entry[1].strip());
      }
    }
    String name = test.TEST_NAME().getText();
    ConditionBuilder conditions = new ConditionBuilder(states);
    return new ParsedTest(file, test.ARCHITECTURE().getText(), withoutSuffix(name), documentation, metadata,
        states.bindings(test.initialState()), columns(test), conditions.locations(test.condition()),
        conditions.filter(test.condition()), conditions.quantifier(test.condition()),
        conditions.proposition(test.condition()));
  }

  private static String withoutSuffix(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".litmus") ? name.substring(0, name.length() - 7) : name;
  }

  private List<List<CodeLine>> columns(TestContext test) {
    List<ThreadHeaderContext> headers = test.program().threads().threadHeader();
    List<List<CodeLine>> columns = new ArrayList<>();
    for (ThreadHeaderContext header : headers) {
      Token token = header.PROCESSOR().getSymbol();
      if (!token.getText().equals("P" + columns.size())) {
        throw position(token).error("thread " + token.getText(), "P" + columns.size());
      }
      if (header.WORD() != null && header.COLON() == null) {
        throw position(header.WORD().getSymbol()).error("fault handler", "';' or '|'");
      }
      columns.add(new ArrayList<>());
    }
    for (RowContext row : test.program().row()) {
      List<CellContext> cells = row.cell();
      if (cells.size() != columns.size()) {
        throw position(row.getStop()).error(cells.size() + (cells.size() == 1 ? " column" : " columns"),
            columns.size() + ", as many as there are threads");
      }
      for (int thread = 0; thread < cells.size(); thread++) {
        columns.get(thread).add(line(cells.get(thread)));
      }
    }
    return columns;
  }

  private CodeLine line(CellContext cell) {
    List<String> labels = cell.codeLabel().stream().map(label -> label.getText()).toList();
    TextContext text = cell.text();
    Position position = position(text == null ? cell.getStart() : text.getStart());
    return new CodeLine(labels, text == null ? "" : text(text), position);
  }

  /** The source between the first and the last token, with one space for each gap that held space or comments. */
  private String text(TextContext context) {
    StringBuilder text = new StringBuilder();
    int end = context.getStart().getStartIndex();
    for (int i = context.getStart().getTokenIndex(); i <= context.getStop().getTokenIndex(); i++) {
      Token token = tokens.get(i);
      if (token.getStartIndex() > end) {
        text.append(' ');
      }
      text.append(source, token.getStartIndex(), token.getStopIndex() + 1);
      end = token.getStopIndex() + 1;
    }
    return text.toString();
  }

  private Position position(Token token) {
    return new Position(file, token.getLine(), token.getCharPositionInLine() + 1);
  }
}
