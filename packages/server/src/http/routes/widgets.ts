import {
  CreateWidgetBody,
  DeletedDto,
  UnstablePageQuery,
  UpdateWidgetBody,
  WidgetDefinition,
  WidgetDto,
  WidgetParams,
  WidgetsDto,
} from '@xtrace/contract'
import type { WidgetFields, Widgets } from '#catalog/widgets.ts'
import type { Widget } from '#domain/dashboard.ts'
import { AppError } from '#domain/errors.ts'
import { isoFromMs, pageMeta } from '#http/dto/page-dto.ts'
import { jsonBody } from '#http/json-body.ts'
import { type Route, route } from '#http/route.ts'
import { defined } from '#lib/defined.ts'

export interface WidgetDeps {
  readonly widgets: Widgets
}

const PATH = '/api/public/unstable/dashboard-widgets'
const common = { access: 'project', errors: 'unstable' } as const
const tag = 'Dashboards'

/** Widgets of dashboards: kept and read (public-api contract §20). */
export function widgetRoutes(deps: WidgetDeps): Route[] {
  return [...collectionRoutes(deps), ...oneRoutes(deps)]
}

function collectionRoutes({ widgets }: WidgetDeps): Route[] {
  return [
    route({
      ...common,
      method: 'GET',
      path: PATH,
      query: UnstablePageQuery,
      doc: {
        operationId: 'unstable_dashboardWidgets_list',
        tag,
        summary: 'List widgets, the newest change first',
        responses: { 200: WidgetsDto },
      },
      handle: async ({ caller, query }) => {
        const { values, totalItems } = await widgets.list(caller.projectId, query)
        return { body: { data: values.map(toDto), meta: pageMeta(query, totalItems) } satisfies WidgetsDto }
      },
    }),
    route({
      ...common,
      method: 'POST',
      path: PATH,
      doc: {
        operationId: 'unstable_dashboardWidgets_create',
        tag,
        summary: 'Make a widget, to be placed on dashboards',
        body: CreateWidgetBody,
        responses: { 200: WidgetDto },
      },
      handle: async (request) => {
        const { name, description, chartConfig, ...rest } = CreateWidgetBody.parse(await jsonBody(request))
        const definition = { ...rest, chartConfig: chartConfigOf(chartConfig, rest.chartType) }
        const fields = { name, description: description ?? '', definition }
        return { body: toDto(await widgets.create(request.caller.projectId, fields)) }
      },
    }),
  ]
}

function oneRoutes({ widgets }: WidgetDeps): Route[] {
  const one = { ...common, path: `${PATH}/:widgetId`, params: WidgetParams } as const
  return [
    route({
      ...one,
      method: 'GET',
      doc: { operationId: 'unstable_dashboardWidgets_get', tag, summary: 'A widget', responses: { 200: WidgetDto } },
      handle: async ({ caller, params }) => {
        const widget = await widgets.byId(caller.projectId, params.widgetId)
        if (!widget) throw notFound()
        return { body: toDto(widget) }
      },
    }),
    route({
      ...one,
      method: 'PATCH',
      doc: {
        operationId: 'unstable_dashboardWidgets_update',
        tag,
        summary: 'Change a widget',
        body: UpdateWidgetBody,
        responses: { 200: WidgetDto },
      },
      handle: async (request) => {
        const body = UpdateWidgetBody.parse(await jsonBody(request))
        const { widgetId } = request.params
        const changed = await widgets.update(request.caller.projectId, widgetId, (widget) => changedBy(body, widget))
        return { body: toDto(changed) }
      },
    }),
    route({
      ...one,
      method: 'DELETE',
      doc: {
        operationId: 'unstable_dashboardWidgets_delete',
        tag,
        summary: 'Delete a widget that is placed nowhere',
        responses: { 200: DeletedDto },
        failures: ['conflict'],
      },
      handle: async ({ caller, params }) => {
        if (!(await widgets.delete(caller.projectId, params.widgetId))) throw notFound()
        return { body: { message: 'Dashboard widget successfully deleted' } satisfies DeletedDto }
      },
    }),
  ]
}

const notFound = () => new AppError('not_found', 'Dashboard widget not found within authorized project')

type ChartConfig = WidgetDefinition['chartConfig']

/** The plain configuration of the chart type with what was given. @throws AppError `bad_request` for another type */
function chartConfigOf(given: CreateWidgetBody['chartConfig'], chartType: ChartConfig['type']): ChartConfig {
  if (given?.type != null && given.type !== chartType)
    throw new AppError('bad_request', `chartConfig.type is ${given.type}, but chartType is ${chartType}`, {
      reason: 'invalid_body',
      details: { field: 'chartConfig.type', allowedValues: [chartType] },
    })
  return {
    type: chartType,
    ...defined({
      row_limit: given?.row_limit ?? undefined,
      show_value_labels: given?.show_value_labels ?? undefined,
      bins: given?.bins ?? undefined,
      defaultSort: given?.defaultSort ?? undefined,
    }),
  }
}

/** Another chart type without a configuration has the plain one of its own. */
function changedBy({ name, description, chartConfig, ...rest }: UpdateWidgetBody, widget: Widget): WidgetFields {
  const present = WidgetDefinition.parse(widget.definition)
  const definition = {
    view: rest.view ?? present.view,
    dimensions: rest.dimensions ?? present.dimensions,
    metrics: rest.metrics ?? present.metrics,
    filters: rest.filters ?? present.filters,
    chartType: rest.chartType ?? present.chartType,
  }
  const isSame = definition.chartType === present.chartType
  const config = chartConfig ?? (isSame ? present.chartConfig : undefined)
  return {
    name: name ?? widget.name,
    description: description ?? widget.description,
    definition: { ...definition, chartConfig: chartConfigOf(config, definition.chartType) },
  }
}

function toDto({ id, name, description, definition, createdAt, updatedAt }: Widget): WidgetDto {
  return {
    ...{ id, name, description },
    ...WidgetDefinition.parse(definition),
    createdAt: isoFromMs(createdAt),
    updatedAt: isoFromMs(updatedAt),
  }
}
