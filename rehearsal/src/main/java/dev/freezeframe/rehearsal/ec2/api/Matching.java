package dev.freezeframe.rehearsal.ec2.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * EC2's filters on things of one kind.
 *
 * @param tags the tags of a thing
 * @param fields what a thing has under the name of a filter
 */
public record Matching<T>(Function<T, List<Tag>> tags, Map<String, Function<T, String>> fields) {
  private static final int MAX_VALUES = 200;
  private static final String TAG = "tag:";
  private static final Pattern WILDCARD = Pattern.compile("[*?\\\\]");

  /** What the filters let through: every one of them, by any of its values. */
  public Predicate<T> of(List<Filter> filters) {
    if (filters.stream().mapToInt(filter -> filter.values().size()).sum() > MAX_VALUES) {
      throw Ec2Refusal.of(
          "FilterLimitExceeded", "The maximum number of filter values is " + MAX_VALUES + ".");
    }
    List<Predicate<T>> all = new ArrayList<>();
    for (Filter filter : filters) {
      Function<T, Stream<String>> found = found(filter.name());
      Predicate<String> wanted = wanted(filter.values());
      all.add(thing -> found.apply(thing).anyMatch(wanted));
    }
    return all.stream().reduce(thing -> true, Predicate::and);
  }

  public static boolean hasWildcard(Filter filter) {
    return filter.values().stream().anyMatch(WILDCARD.asPredicate());
  }

  private Function<T, Stream<String>> found(String name) {
    if (name.equals("tag-key")) {
      return thing -> tags.apply(thing).stream().map(Tag::key);
    }
    if (name.startsWith(TAG)) {
      String key = name.substring(TAG.length());
      return thing ->
          tags.apply(thing).stream().filter(tag -> tag.key().equals(key)).map(Tag::value);
    }
    Function<T, String> field = fields.get(name);
    if (field == null) {
      throw Ec2Refusal.of("InvalidParameterValue", "The filter '" + name + "' is invalid");
    }
    return thing -> Stream.ofNullable(field.apply(thing));
  }

  private static Predicate<String> wanted(List<String> values) {
    if (values.stream().noneMatch(WILDCARD.asPredicate())) {
      return Set.copyOf(values)::contains;
    }
    Pattern any =
        Pattern.compile(
            values.stream().map(Matching::pattern).collect(Collectors.joining("|")),
            Pattern.DOTALL);
    return value -> any.matcher(value).matches();
  }

  /** A value with {@code *} for any characters, {@code ?} for one, and a backslash before both. */
  private static String pattern(String value) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        i++;
        pattern.append(Pattern.quote(value.substring(i, i + 1)));
      } else if (c == '*') {
        pattern.append(".*");
      } else {
        pattern.append(c == '?' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return pattern.toString();
  }
}
