import { describe, expect, it } from '@jest/globals';
import { TaskAction } from '../../../modules/maintenance-window/index.ts';
import { actionProblems, emittedAction, synthTask } from './windows.ts';

const functionArn = 'arn:aws:lambda:us-east-1:111111111111:function:after-patching';
const stateMachineArn = 'arn:aws:states:us-east-1:111111111111:stateMachine:drain';

describe('TaskAction.automation', () => {
  it('emits the runbook, its version and sorted parameters', () => {
    const action = TaskAction.automation({
      documentName: 'AWS-RestartEC2Instance',
      documentVersion: '$LATEST',
      parameters: { InstanceId: ['{{TARGET_ID}}'], AutomationAssumeRole: ['arn:aws:iam::111111111111:role/x'] },
    });
    expect(emittedAction(action)).toEqual({
      task_type: 'AUTOMATION',
      task_arn: 'AWS-RestartEC2Instance',
      automation_parameters: {
        document_version: '$LATEST',
        parameter: [
          { name: 'AutomationAssumeRole', values: ['arn:aws:iam::111111111111:role/x'] },
          { name: 'InstanceId', values: ['{{TARGET_ID}}'] },
        ],
      },
    });
  });

  it('emits no empty block', () => {
    expect(emittedAction(TaskAction.automation({ documentName: 'Own-Runbook', parameters: {} }))).toEqual({
      task_type: 'AUTOMATION',
      task_arn: 'Own-Runbook',
    });
  });

  const entries = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`Name${i}`, ['x']]));
  const automation = (parameters: Record<string, string[]>) =>
    actionProblems({ automation: { documentName: 'Own-Runbook', parameters } });

  it('takes 200 parameters of 50 values of 512 characters', () => {
    expect(automation(entries(200))).toEqual([]);
    expect(automation({ ['x'.repeat(50)]: Array.from({ length: 50 }, () => 'x'.repeat(512)) })).toEqual([]);
  });

  it.each<[string, Record<string, string[]>, string]>([
    ['201 parameters', entries(201), 'parameters must hold at most 200 entries, got 201; remove some'],
    [
      'a name of 51 characters',
      { ['x'.repeat(51)]: ['x'] },
      `parameter name must be 1 to 50 characters, got 51 characters: "${'x'.repeat(51)}"; change parameter name`,
    ],
    [
      '51 values',
      { Name: Array.from({ length: 51 }, () => 'x') },
      'parameters.Name must hold at most 50 entries, got 51; remove some',
    ],
    ['an empty value', { Name: [''] }, 'parameters.Name must be 1 to 512 characters, got ""; change parameters.Name'],
  ])('refuses %s', (_, parameters, message) => {
    expect(automation(parameters)).toEqual([`[error] ${message} [maintenance-window/automation-parameters]`]);
  });
});

describe('TaskAction.lambda', () => {
  it('emits the function and what it is given', () => {
    const action = TaskAction.lambda({ functionArn, payload: '{"x":1}', clientContext: 'e30=', qualifier: 'live' });
    expect(emittedAction(action)).toEqual({
      task_type: 'LAMBDA',
      task_arn: functionArn,
      lambda_parameters: { payload: '{"x":1}', client_context: 'e30=', qualifier: 'live' },
    });
  });

  it('emits a function alone without a block', () => {
    expect(emittedAction(TaskAction.lambda({ functionArn }))).toEqual({ task_type: 'LAMBDA', task_arn: functionArn });
  });

  it.each([
    { payload: `"${'x'.repeat(4094)}"` },
    { payload: '{"id": {{WINDOW_ID}}}' },
    { clientContext: 'A'.repeat(8000) },
    { qualifier: '$LATEST' },
    { functionArn: `${functionArn}:live` },
  ])('accepts %j', (props) => {
    expect(actionProblems({ lambda: { functionArn, ...props } })).toEqual([]);
  });

  it.each<[object, string]>([
    [
      { functionArn: 'after-patching' },
      'functionArn must be the ARN of a Lambda function, got "after-patching"; give the whole arn:… text [maintenance-window/function-arn]',
    ],
    [
      { payload: `"${'ü'.repeat(2048)}"` },
      'payload must be at most 4096 bytes, got 4098; pass a reference to the data instead [maintenance-window/lambda-payload]',
    ],
    [{ payload: 'secret' }, 'payload must be JSON text; use JSON.stringify [maintenance-window/lambda-payload]'],
    [{ payload: { x: 1 } }, 'payload must be JSON text; use JSON.stringify [maintenance-window/lambda-payload]'],
    [
      { clientContext: 'not base64' },
      'clientContext must be 1 to 8000 characters of Base64, got "not base64"; change clientContext [maintenance-window/lambda-client-context]',
    ],
    [
      { qualifier: 'a b' },
      'qualifier must be 1 to 128 characters of letters, digits, $ _ -, got "a b"; change qualifier [maintenance-window/lambda-qualifier]',
    ],
  ])('refuses %j', (props, message) => {
    expect(actionProblems({ lambda: { functionArn, ...props } })).toEqual([`[error] ${message}`]);
  });
});

describe('TaskAction.stepFunctions', () => {
  it('emits the state machine, its input and the name of the execution', () => {
    const action = TaskAction.stepFunctions({ stateMachineArn, input: '{}', executionName: '{{INVOCATION_ID}}' });
    expect(synthTask(action).problems()).toEqual([]);
    expect(emittedAction(action)).toEqual({
      task_type: 'STEP_FUNCTIONS',
      task_arn: stateMachineArn,
      step_functions_parameters: { input: '{}', name: '{{INVOCATION_ID}}' },
    });
  });

  it('warns of a name that only the first run can have', () => {
    expect(actionProblems({ stepFunctions: { stateMachineArn, executionName: 'drain' } })).toEqual([
      '[warning] executionName must differ from run to run, got "drain": a state machine refuses a name for 90 days; write "{{INVOCATION_ID}}", or leave it out [maintenance-window/step-functions-name-unique]',
    ]);
  });

  it.each<[object, string]>([
    [
      { stateMachineArn: 'arn:aws:states:us-east-1:111111111111:activity:drain' },
      'stateMachineArn must be the ARN of a state machine, got "arn:aws:states:us-east-1:111111111111:activity:drain"; give the whole arn:… text [maintenance-window/state-machine-arn]',
    ],
    [{ input: 'x' }, 'input must be JSON text; use JSON.stringify [maintenance-window/step-functions-input]'],
    [
      { input: `"${'x'.repeat(4095)}"` },
      'input must be at most 4096 characters, got 4097; pass a reference to the data instead [maintenance-window/step-functions-input]',
    ],
    [
      { executionName: 'a b {{INVOCATION_ID}}' },
      'executionName must be 1 to 80 characters of letters, digits, and signs but < > { } [ ] ? * " # % \\ ^ | ~ ` $ & , ; : /, got "a b {{INVOCATION_ID}}"; change executionName [maintenance-window/step-functions-name]',
    ],
  ])('refuses %j', (props, message) => {
    expect(actionProblems({ stepFunctions: { stateMachineArn, ...props } })).toEqual([`[error] ${message}`]);
  });

  it('takes 4096 characters of input', () => {
    expect(actionProblems({ stepFunctions: { stateMachineArn, input: `"${'x'.repeat(4094)}"` } })).toEqual([]);
  });
});
