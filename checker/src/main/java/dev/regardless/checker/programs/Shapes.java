package dev.regardless.checker.programs;

import static dev.regardless.machine.Access.ONCE;

import dev.regardless.machine.Machine;
import dev.regardless.scenario.ScenarioContext;

/** The classic litmus shapes over two locations, all accesses relaxed. */
final class Shapes {

  private final ScenarioContext context;
  private final Machine machine;
  private final int x;
  private final int y;
  private int threads;

  private Shapes(ScenarioContext context) {
    this.context = context;
    this.machine = context.machine();
    this.x = Words.create(context, "x", 1, 0);
    this.y = Words.create(context, "y", 1, 0);
  }

  private void thread(Runnable body) {
    context.thread("P" + threads++, body);
  }

  private Runnable store(int location, long value) {
    return () -> machine.store(location, value, ONCE);
  }

  private Runnable load(int location) {
    return () -> machine.load(location, ONCE);
  }

  private static Runnable both(Runnable first, Runnable second) {
    return () -> {
      first.run();
      second.run();
    };
  }

  static void storeBuffering(ScenarioContext context) {
    Shapes s = new Shapes(context);
    s.thread(both(s.store(s.x, 1), s.load(s.y)));
    s.thread(both(s.store(s.y, 1), s.load(s.x)));
  }

  static void messagePassing(ScenarioContext context) {
    Shapes s = new Shapes(context);
    s.thread(both(s.store(s.x, 1), s.store(s.y, 1)));
    s.thread(both(s.load(s.y), s.load(s.x)));
  }

  static void loadBuffering(ScenarioContext context) {
    Shapes s = new Shapes(context);
    s.thread(both(s.load(s.y), s.store(s.x, 1)));
    s.thread(both(s.load(s.x), s.store(s.y, 1)));
  }

  static void twoTwoWrites(ScenarioContext context) {
    Shapes s = new Shapes(context);
    s.thread(both(s.store(s.x, 1), s.store(s.y, 2)));
    s.thread(both(s.store(s.y, 1), s.store(s.x, 2)));
  }

  static void independentReads(ScenarioContext context) {
    Shapes s = new Shapes(context);
    s.thread(s.store(s.x, 1));
    s.thread(s.store(s.y, 1));
    s.thread(both(s.load(s.x), s.load(s.y)));
    s.thread(both(s.load(s.y), s.load(s.x)));
  }

  static void coherentReads(ScenarioContext context) {
    Shapes s = new Shapes(context);
    s.thread(both(s.store(s.x, 1), s.store(s.x, 2)));
    s.thread(both(s.load(s.x), s.load(s.x)));
  }

  static void causality(ScenarioContext context) {
    Shapes s = new Shapes(context);
    s.thread(s.store(s.x, 1));
    s.thread(both(s.load(s.x), s.store(s.y, 1)));
    s.thread(both(s.load(s.y), s.load(s.x)));
  }
}
