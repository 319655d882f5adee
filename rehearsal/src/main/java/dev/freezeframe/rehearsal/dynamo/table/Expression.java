package dev.freezeframe.rehearsal.dynamo.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression of a request that was read: the part of DynamoDB's language that the ledger uses.
 * Names are written {@code #name}, since DynamoDB reserves many words; whatever else is not known
 * is refused and never passed over.
 *
 * @param placeholders that stand in it
 */
record Expression<T>(T parsed, Set<String> placeholders) {
  /** "Constraints in Amazon DynamoDB" in its Developer Guide. */
  private static final int MAX_BYTES = 4096;

  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:([#:]?\\w+|<>|<=|>=|[=<>(),.])|(\\S))");
  private static final Set<String> OPERATORS = Set.of("=", "<>", "<", "<=", ">", ">=");

  /** The texts are few, and the same in every request. */
  private static final Map<String, Expression<Condition>> CONDITIONS = new ConcurrentHashMap<>();

  private static final Map<String, Expression<Update>> UPDATES = new ConcurrentHashMap<>();

  Expression {
    placeholders = Set.copyOf(placeholders);
  }

  static Expression<Condition> condition(String text) {
    return CONDITIONS.computeIfAbsent(text, any -> read(text, Reader::condition));
  }

  static Expression<Update> update(String text) {
    return UPDATES.computeIfAbsent(text, any -> read(text, Reader::update));
  }

  private static <T> Expression<T> read(String text, Function<Reader, T> rule) {
    if (Values.size(text) > MAX_BYTES) {
      throw Refusal.invalid("Expression size has exceeded the maximum allowed size");
    }
    Reader reader = new Reader(text);
    T parsed = rule.apply(reader);
    reader.end();
    return new Expression<>(parsed, reader.placeholders);
  }

  /** Reads by recursive descent. */
  private static final class Reader {
    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private final Set<String> placeholders = new HashSet<>();
    private int next;

    Reader(String text) {
      this.text = text;
      Matcher matcher = TOKEN.matcher(text);
      while (matcher.find()) {
        tokens.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      }
    }

    private Condition condition() {
      List<Condition> parts = new ArrayList<>(List.of(conjunction()));
      while (accept("OR")) {
        parts.add(conjunction());
      }
      return parts.size() == 1 ? parts.get(0) : new Condition.Or(parts);
    }

    private Condition conjunction() {
      List<Condition> parts = new ArrayList<>(List.of(comparison()));
      while (accept("AND")) {
        parts.add(comparison());
      }
      return parts.size() == 1 ? parts.get(0) : new Condition.And(parts);
    }

    private Condition comparison() {
      if (accept("(")) {
        Condition inner = condition();
        expect(")");
        return inner;
      }
      if (accept("attribute_exists")) {
        return new Condition.Exists(inBrackets(this::path), true);
      }
      if (accept("attribute_not_exists")) {
        return new Condition.Exists(inBrackets(this::path), false);
      }
      if (accept("begins_with")) {
        return inBrackets(
            () -> {
              Operand.Path path = path();
              expect(",");
              return new Condition.BeginsWith(path, literal());
            });
      }
      Operand left = accept("size") ? new Operand.Size(inBrackets(this::path)) : operand();
      if (left instanceof Operand.Path path && accept("BETWEEN")) {
        Operand.Literal from = literal();
        expect("AND");
        return new Condition.Between(path, from, literal());
      }
      String operator = take();
      if (!OPERATORS.contains(operator)) {
        throw unknown(operator);
      }
      return new Condition.Compare(left, operator, operand());
    }

    private Update update() {
      List<Update.Change> set = new ArrayList<>();
      List<Operand.Path> remove = new ArrayList<>();
      List<Update.Change> delete = new ArrayList<>();
      if (accept("SET")) {
        do {
          Operand.Path path = path();
          expect("=");
          set.add(new Update.Change(path, accept("if_not_exists") ? ifNotExists() : operand()));
        } while (accept(","));
      }
      if (accept("REMOVE")) {
        do {
          remove.add(attribute());
        } while (accept(","));
      }
      if (accept("DELETE")) {
        do {
          delete.add(new Update.Change(attribute(), literal()));
        } while (accept(","));
      }
      return new Update(set, remove, delete);
    }

    private Operand ifNotExists() {
      return inBrackets(
          () -> {
            Operand.Path path = path();
            expect(",");
            return new Operand.IfNotExists(path, operand());
          });
    }

    private Operand operand() {
      return peek().startsWith(":") ? literal() : path();
    }

    private Operand.Literal literal() {
      return new Operand.Literal(placeholder(":"));
    }

    private Operand.Path path() {
      List<String> names = new ArrayList<>(List.of(placeholder("#")));
      while (accept(".")) {
        names.add(placeholder("#"));
      }
      return new Operand.Path(names);
    }

    /** A path of one name. */
    private Operand.Path attribute() {
      return new Operand.Path(List.of(placeholder("#")));
    }

    private String placeholder(String sign) {
      String token = take();
      if (!token.startsWith(sign)) {
        throw unknown(token);
      }
      placeholders.add(token);
      return token;
    }

    private <R> R inBrackets(Supplier<R> rule) {
      expect("(");
      R inner = rule.get();
      expect(")");
      return inner;
    }

    private boolean accept(String token) {
      boolean there = peek().equals(token);
      next += there ? 1 : 0;
      return there;
    }

    private void expect(String token) {
      if (!accept(token)) {
        throw unknown(peek());
      }
    }

    private String peek() {
      return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
      String token = peek();
      next++;
      return token;
    }

    private void end() {
      if (next < tokens.size() || tokens.isEmpty()) {
        throw unknown(peek());
      }
    }

    private IllegalArgumentException unknown(String token) {
      return new IllegalArgumentException(
          "expression '%s': expected what the ledger uses of DynamoDB's language, found '%s' at word %d"
              .formatted(text, token, next + 1));
    }
  }
}
