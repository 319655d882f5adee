package dev.freezeframe.infra;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.task.Task;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The AWS actions that a task's code can call, read from its byte code: from its {@code handle} on,
 * through every class of ours, where an interface may be whatever implements it.
 */
final class CalledActions {
  private static final Pattern CLIENT =
      Pattern.compile("software\\.amazon\\.awssdk\\.services\\.(\\w+)\\.\\w+Client");

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // It has AWS's clients as well, and stands in for AWS, not for what calls it.
          .withImportOption(place -> !place.contains("dev/freezeframe/rehearsal/"))
          .importPackages("dev.freezeframe");

  private final Set<JavaCodeUnit> seen = new HashSet<>();
  private final Deque<JavaCodeUnit> ahead = new ArrayDeque<>();
  private final Set<String> actions = new TreeSet<>();
  private final Set<String> indexes = new TreeSet<>();

  private CalledActions() {}

  /** Such as {@code ec2:DescribeInstances}. */
  static Set<String> of(String task) {
    return from(task).actions;
  }

  /** The indexes of the ledger that it reads, by name. */
  static Set<String> indexes(String task) {
    return from(task).indexes;
  }

  /** The methods of ours that it can come to. */
  static Set<JavaCodeUnit> reached(String task) {
    return from(task).seen;
  }

  private static CalledActions from(String task) {
    CalledActions called = new CalledActions();
    JavaClass type = CODE.get(Task.of(task).type());
    type.getMethods().stream()
        .filter(method -> method.getName().equals("handle"))
        .forEach(called::visit);
    while (!called.ahead.isEmpty()) {
      called.follow(called.ahead.remove());
    }
    return called;
  }

  private void follow(JavaCodeUnit unit) {
    unit.getFieldAccesses().stream()
        .map(JavaFieldAccess::getTarget)
        .filter(field -> field.getOwner().isEquivalentTo(LedgerTable.class))
        .filter(field -> field.getRawType().isEquivalentTo(LedgerTable.Index.class))
        .forEach(field -> indexes.add(indexName(field.getName())));
    unit.getCallsFromSelf().forEach(call -> enter(call.getTarget()));
    unit.getCodeUnitReferencesFromSelf().forEach(reference -> enter(reference.getTarget()));
  }

  private void enter(CodeUnitAccessTarget target) {
    JavaClass owner = target.getOwner();
    Matcher client = CLIENT.matcher(owner.getName());
    if (client.matches() && !target.getName().equals("builder")) {
      actions.add(client.group(1) + ":" + action(target.getName()));
    } else if (owner.getPackageName().startsWith("dev.freezeframe")) {
      Stream.concat(Stream.of(owner), owner.getAllSubclasses().stream())
          .flatMap(CalledActions::withInherited)
          .distinct()
          .flatMap(type -> type.getCodeUnits().stream())
          .filter(unit -> unit.getName().equals(target.getName()))
          .filter(unit -> names(unit.getRawParameterTypes()).equals(names(target)))
          .forEach(this::visit);
    }
  }

  /** A class, and those from which it has the methods that it does not declare. */
  private static Stream<JavaClass> withInherited(JavaClass type) {
    return Stream.of(List.of(type), type.getAllRawSuperclasses(), type.getAllRawInterfaces())
        .flatMap(Collection::stream)
        .filter(inherited -> inherited.getPackageName().startsWith("dev.freezeframe"));
  }

  private static List<String> names(CodeUnitAccessTarget target) {
    return names(target.getRawParameterTypes());
  }

  private static List<String> names(List<JavaClass> types) {
    return types.stream().map(JavaClass::getName).toList();
  }

  private static String indexName(String field) {
    try {
      return ((LedgerTable.Index) LedgerTable.class.getField(field).get(null)).name();
    } catch (ReflectiveOperationException hidden) {
      throw new IllegalStateException(field, hidden);
    }
  }

  private void visit(JavaCodeUnit unit) {
    if (seen.add(unit)) {
      ahead.add(unit);
    }
  }

  /** A paginator makes the calls of the method that it is named for. */
  private static String action(String method) {
    String call = method.replaceFirst("Paginator$", "");
    return call.substring(0, 1).toUpperCase(Locale.ROOT) + call.substring(1);
  }
}
