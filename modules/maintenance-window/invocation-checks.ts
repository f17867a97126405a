import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkGiven, checkText } from '../../core/value-checks.ts';
import type { TaskActionFacts } from './task-action-props.ts';

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_MaintenanceWindowLambdaParameters.html */
export function checkLambda(lambda: NonNullable<TaskActionFacts['lambda']>): Violation[] {
  const { functionArn, payload, qualifier } = lambda;
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload).length : 0;
  const form = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w.-]+(:[\w$-]+)?$/;
  return [
    ...checkGiven(lambda, 'functionArn', 'maintenance-window/function-arn'),
    ...checkArnForm('functionArn', functionArn, form, 'a Lambda function', 'maintenance-window/function-arn'),
    ...(bytes > 4096
      ? [
          error(
            'maintenance-window/lambda-payload',
            `payload must be at most 4096 bytes, got ${bytes}`,
            'pass a reference to the data instead',
          ),
        ]
      : checkJson('payload', payload, 'maintenance-window/lambda-payload')),
    ...checkText('clientContext', lambda.clientContext, {
      rule: 'maintenance-window/lambda-client-context',
      min: 1,
      max: 8000,
      pattern: /^[A-Za-z0-9+/]+=*$/,
      allowed: 'Base64',
    }),
    ...checkText('qualifier', qualifier, {
      rule: 'maintenance-window/lambda-qualifier',
      min: 1,
      max: 128,
      pattern: /^[\w$-]+$/,
      allowed: 'letters, digits, $ _ -',
    }),
  ];
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_MaintenanceWindowStepFunctionsParameters.html */
export function checkStepFunctions(execution: NonNullable<TaskActionFacts['stepFunctions']>): Violation[] {
  const { stateMachineArn, input, executionName } = execution;
  const form = /^arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}:stateMachine:\S+$/;
  const inputRule = 'maintenance-window/step-functions-input';
  return [
    ...checkGiven(execution, 'stateMachineArn', 'maintenance-window/state-machine-arn'),
    ...checkArnForm(
      'stateMachineArn',
      stateMachineArn,
      form,
      'a state machine',
      'maintenance-window/state-machine-arn',
    ),
    ...(typeof input === 'string' && [...input].length > 4096
      ? [
          error(
            inputRule,
            `input must be at most 4096 characters, got ${[...input].length}`,
            'pass a reference to the data instead',
          ),
        ]
      : checkJson('input', input, inputRule)),
    ...checkText('executionName', executionName, {
      rule: 'maintenance-window/step-functions-name',
      min: 1,
      max: 80,
      pattern: /^(\{\{\w+\}\}|[^\s\p{Cc}<>{}[\]?*"#%\\^|~`$&,;:/])+$/u,
      allowed: 'letters, digits, and signs but < > { } [ ] ? * " # % \\ ^ | ~ ` $ & , ; : /',
    }),
    ...(typeof executionName === 'string' && !executionName.includes('{{')
      ? [
          warning(
            'maintenance-window/step-functions-name-unique',
            `executionName must differ from run to run, got ${quoted(executionName)}: a state machine refuses a name for 90 days`,
            'write "{{INVOCATION_ID}}", or leave it out',
          ),
        ]
      : []),
  ];
}

function checkArnForm(field: string, arn: string | undefined, form: RegExp, what: string, rule: string): Violation[] {
  if (arn === undefined || form.test(arn)) return [];
  return [error(rule, `${field} must be the ARN of ${what}, got ${quoted(arn)}`, 'give the whole arn:… text')];
}

/** JSON once the window has filled in what stands in double braces. */
function checkJson(field: string, value: unknown, rule: string): Violation[] {
  if (value === undefined) return [];
  if (typeof value === 'string' && isJson(value.replace(/\{\{\s*\w+\s*\}\}/g, '0'))) return [];
  // Terraform hides these values, so what was received is not repeated.
  return [error(rule, `${field} must be JSON text`, 'use JSON.stringify')];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
