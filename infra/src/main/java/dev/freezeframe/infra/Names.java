package dev.freezeframe.infra;

import dev.freezeframe.infra.settings.KnownDocuments;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;

/**
 * Names and ARNs of a stack's resources. They name no partition, Region or account: CloudFormation
 * fills them in, so that the same template works in every one.
 */
public final class Names {
  private final Stack stack;

  /**
   * The names of a stack, which those of its nested stacks take over.
   *
   * @param stack it or one that is nested in it
   */
  public Names(Stack stack) {
    Stack outermost = stack;
    while (outermost.getNestedStackParent() != null) {
      outermost = outermost.getNestedStackParent();
    }
    this.stack = outermost;
  }

  /** The stack's own. */
  public String stack() {
    return stack.getStackName();
  }

  /** A name that an operator reads in the console, such as {@code freezeframe-run-policy}. */
  public String of(String what) {
    return stack() + "-" + what;
  }

  public String arn(String service, String type, String name) {
    return arn(service, type, name, ArnFormat.SLASH_RESOURCE_NAME);
  }

  public String stateMachine(String name) {
    return arn("states", "stateMachine", name, ArnFormat.COLON_RESOURCE_NAME);
  }

  public String execution(String name) {
    return arn("states", "execution", name, ArnFormat.COLON_RESOURCE_NAME);
  }

  /** A snapshot's ARN has no account. */
  public String snapshot(String name) {
    return ofNobody("snapshot", name);
  }

  /** An image's ARN has no account. */
  public String image(String name) {
    return ofNobody("image", name);
  }

  private String ofNobody(String type, String name) {
    return stack.formatArn(
        ArnComponents.builder()
            .service("ec2")
            .account("")
            .resource(type)
            .resourceName(name)
            .build());
  }

  /** A role's ARN has no Region. */
  public String role(String name) {
    return stack.formatArn(
        ArnComponents.builder()
            .service("iam")
            .region("")
            .resource("role")
            .resourceName(name)
            .build());
  }

  /** A parameter of Systems Manager, by its name with or without a slash before it. */
  public String parameter(String name) {
    return arn("ssm", "parameter", name.replaceFirst("^/", "").replaceFirst(":.*", ""));
  }

  /** A public parameter of AWS's, which belongs to no account. */
  public String parameterOfAws(String name) {
    return stack.formatArn(
        ArnComponents.builder()
            .service("ssm")
            .account("")
            .resource("parameter")
            .resourceName("aws/service/" + name)
            .build());
  }

  /** A document; those whose name AWS reserves for itself belong to no account. */
  public String document(String name) {
    if (name.startsWith("arn:")) {
      return name;
    }
    ArnComponents.Builder document =
        ArnComponents.builder().service("ssm").resource("document").resourceName(name);
    return stack.formatArn(
        (KnownDocuments.isOfAws(name) ? document.account("") : document).build());
  }

  private String arn(String service, String type, String name, ArnFormat format) {
    return stack.formatArn(
        ArnComponents.builder()
            .service(service)
            .resource(type)
            .resourceName(name)
            .arnFormat(format)
            .build());
  }
}
