package dev.freezeframe.infra.drill;

import dev.freezeframe.infra.iam.TaskRole;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpoint;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * A network that no packet leaves: subnets without a route, and endpoints to Systems Manager and to
 * Amazon's own buckets. A drill instance holds copies of production data; what is started on them
 * must reach nobody. The resolver of the VPC still answers public names, which no security group
 * stops (AWS networking blog on Route 53 Resolver DNS Firewall).
 *
 * <p>There are two subnets, since EC2 may have no capacity in one zone. The endpoints stand in one
 * of them alone, and are reached from the other: each costs by the hour and zone.
 */
public final class DrillNetwork extends Construct {
  private static final String CIDR = "10.255.0.0/26";
  private static final int MASK = 27;
  private static final int ZONES = 2;
  private static final Port HTTPS = Port.tcp(443);

  private final Vpc vpc;
  private final SecurityGroup instances;

  public DrillNetwork(Construct scope, String id) {
    super(scope, id);
    this.vpc =
        Vpc.Builder.create(this, "Vpc")
            .ipAddresses(IpAddresses.cidr(CIDR))
            .maxAzs(ZONES)
            .natGateways(0)
            .createInternetGateway(false)
            .restrictDefaultSecurityGroup(false)
            .subnetConfiguration(
                List.of(
                    SubnetConfiguration.builder()
                        .name("Drill")
                        .subnetType(SubnetType.PRIVATE_ISOLATED)
                        .cidrMask(MASK)
                        .build()))
            .build();
    TaskRole.accept(vpc, "AwsSolutions-VPC7", "no route leads out of it: nothing could flow");
    this.instances =
        group("Instances", "Drill instances: nobody reaches them; they reach endpoints alone");
    SecurityGroup endpoints = group("Endpoints", "Endpoints that drill instances reach");
    endpoints.addIngressRule(instances, HTTPS, "drill instances");
    instances.addEgressRule(endpoints, HTTPS, "Systems Manager");
    // The list of S3's addresses has another id in each Region. No route leads anywhere else.
    instances.addEgressRule(Peer.anyIpv4(), HTTPS, "Amazon S3, through its gateway");
    for (InterfaceVpcEndpointAwsService service :
        List.of(InterfaceVpcEndpointAwsService.SSM, InterfaceVpcEndpointAwsService.SSM_MESSAGES)) {
      vpc.addInterfaceEndpoint(
              service.getShortName(),
              InterfaceVpcEndpointOptions.builder()
                  .service(service)
                  .open(false)
                  .privateDnsEnabled(true)
                  .securityGroups(List.of(endpoints))
                  .subnets(
                      SubnetSelection.builder()
                          .subnets(List.of(vpc.getIsolatedSubnets().get(0)))
                          .build())
                  .build())
          .addToPolicy(ofThisAccount());
    }
    GatewayVpcEndpoint s3 =
        vpc.addGatewayEndpoint(
            "s3",
            GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.S3).build());
    s3.addToPolicy(bucketsOfAmazon());
  }

  private SecurityGroup group(String id, String what) {
    return SecurityGroup.Builder.create(this, id)
        .vpc(vpc)
        .description(what)
        .allowAllOutbound(false)
        .build();
  }

  /** Who of another account is in this network gets nothing through it. */
  private static PolicyStatement ofThisAccount() {
    return PolicyStatement.Builder.create()
        .principals(List.of(new AnyPrincipal()))
        .actions(List.of("*"))
        .resources(List.of("*"))
        .conditions(Map.of("StringEquals", Map.of("aws:PrincipalAccount", Aws.ACCOUNT_ID)))
        .build();
  }

  /**
   * Reads what Amazon publishes for its images and its agent, and writes nowhere (Systems Manager
   * user guide, "SSM Agent communications with AWS managed S3 buckets"; Amazon Linux 2023 user
   * guide, on repositories).
   */
  private static PolicyStatement bucketsOfAmazon() {
    String s3 = "arn:%s:s3:::".formatted(Aws.PARTITION);
    return PolicyStatement.Builder.create()
        .principals(List.of(new AnyPrincipal()))
        .actions(List.of("s3:GetObject"))
        .resources(
            List.of(
                "%sal2023-repos-%s-*/*".formatted(s3, Aws.REGION),
                "%samazon-ssm-%s/*".formatted(s3, Aws.REGION),
                "%saws-ssm-%s/*".formatted(s3, Aws.REGION)))
        .build();
  }

  /** In two zones. */
  public List<String> subnets() {
    return vpc.getIsolatedSubnets().stream().map(subnet -> subnet.getSubnetId()).toList();
  }

  /** Of drill instances. */
  public List<String> securityGroups() {
    return List.of(instances.getSecurityGroupId());
  }
}
