export * from './answer.ts'
export { defineRoute, type HttpMethod, type Route, type RouteAccess } from './route.ts'
