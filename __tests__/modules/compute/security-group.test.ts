import { describe, expect, it } from '@jest/globals';
import { build } from './build.ts';

const groupReference = /^\$\{aws_security_group\.Web_SecurityGroup_[0-9A-F]{8}\.id\}$/;

describe('The security group of an instance', () => {
  it('lets nothing in, and TCP 443 and 80 out', () => {
    const template = build({ tags: { Owner: 'platform' } });
    expect(template.only('aws_security_group')).toEqual({
      name_prefix: 'web-',
      description: 'Managed instance: nothing in, TCP 443 and 80 out',
      tags: { Owner: 'platform', Name: 'web' },
      lifecycle: { create_before_destroy: true },
    });
    expect(template.all('aws_vpc_security_group_egress_rule')).toEqual([
      {
        security_group_id: expect.stringMatching(groupReference),
        description: 'HTTP to Windows Update and package repositories',
        ip_protocol: 'tcp',
        from_port: 80,
        to_port: 80,
        cidr_ipv4: '0.0.0.0/0',
      },
      {
        security_group_id: expect.stringMatching(groupReference),
        description: 'HTTPS to Systems Manager, Windows Update and package repositories',
        ip_protocol: 'tcp',
        from_port: 443,
        to_port: 443,
        cidr_ipv4: '0.0.0.0/0',
      },
    ]);
    expect(template.all('aws_vpc_security_group_ingress_rule')).toEqual([]);
  });

  it('is not made where groups are given; their order makes no difference', () => {
    const template = build({ securityGroupIds: ['sg-bbbbbbbb', 'sg-aaaaaaaa'] });
    expect(template.only('aws_instance').vpc_security_group_ids).toEqual(['sg-aaaaaaaa', 'sg-bbbbbbbb']);
    expect(template.only('aws_instance')).not.toHaveProperty('depends_on');
    expect(template.all('aws_security_group')).toEqual([]);
  });
});
